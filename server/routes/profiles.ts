import { z } from 'zod';
import { InputError } from '../errors.ts';
import { profileJsonSchema } from '../import/profile-json-schema.ts';
import { profileListSchema } from '../import-model.ts';
import type { App, Service } from '../service.ts';

const nameSchema = z.strictObject({ name: z.string() });
const bodySchema = z.looseObject({});
type Named = { Params: { name: string } };

/** `/api/profiles`: how files are read, built in or saved by the partnership. */
export function profilesRoutes(app: App, service: Service): void {
  const listing = { summary: 'The profiles there are', response: { 200: profileListSchema } };
  app.get('/api/profiles', { schema: listing }, async (_request, reply) => {
    return reply.header('cache-control', 'no-store').send(await service.intake.profiles.list());
  });

  const describing = { summary: 'The form of a profile, as JSON Schema' };
  app.get('/api/profiles/schema.json', { schema: describing }, (_request, reply) =>
    reply.type('application/schema+json; charset=utf-8').send(profileJsonSchema()),
  );

  const reading = { summary: 'A profile', params: nameSchema };
  app.get<Named>('/api/profiles/:name', { schema: reading }, async (request, reply) => {
    return reply.header('cache-control', 'no-store').send(await service.intake.profiles.find(request.params.name));
  });

  const saving = { summary: 'Saves a mapping as a profile', params: nameSchema, body: bodySchema };
  app.put<Named & { Body: object }>('/api/profiles/:name', { schema: saving }, async (request, reply) => {
    return reply.send(await service.intake.profiles.save(request.params.name, request.body));
  });

  const savingByItsName = { summary: 'Saves a mapping as the profile it names itself', body: bodySchema };
  app.put<{ Body: { name?: unknown } }>('/api/profiles', { schema: savingByItsName }, async (request, reply) => {
    const { name } = request.body;
    if (typeof name !== 'string') throw new InputError('name: the profile has none; give it one');
    return reply.send(await service.intake.profiles.save(name, request.body));
  });
}
