import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { previewUpload } from '../flows/preview-upload.ts';
import { taxonomyFolder } from '../folders.ts';
import { previewSchema, type ReadingOptions, readingOptionsSchema, uploadSchema } from '../import-model.ts';
import type { App, Service } from '../service.ts';
import { inThread, task } from '../threads.ts';

const previewTask = task<typeof previewUpload>(new URL('../flows/preview-upload.ts', import.meta.url), 'previewUpload');
const idSchema = z.strictObject({ upload: z.string() });
const nameSchema = z.strictObject({ name: z.string().min(1).max(500).describe('The name the file has at its sender') });

/** `/api/uploads`: files that are sent, looked at, and thrown away after a day. */
export function uploadsRoutes(app: App, service: Service): void {
  // the file goes to the disk as it comes: nothing holds it
  app.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));

  const receiving = {
    summary: 'Keeps a file for a day, to be looked at and imported',
    consumes: ['application/octet-stream'],
    querystring: nameSchema,
    response: { 201: uploadSchema },
  };
  app.post<{ Querystring: { name: string } }>('/api/uploads', { schema: receiving }, async (request, reply) => {
    const length = request.headers['content-length'];
    const body = request.body as IncomingMessage;
    try {
      const { path: _, ...upload } = await service.intake.uploads.receive(
        body,
        request.query.name,
        length === undefined ? null : Number(length),
      );
      return await reply.code(201).header('cache-control', 'no-store').send(upload);
    } catch (error) {
      // the rest of a file that is not taken is not waited for
      if (!body.readableEnded) reply.header('connection', 'close');
      throw error;
    }
  });

  const previewing = {
    summary: 'The first rows of a file, the profiles that fit, and a mapping proposed',
    params: idSchema,
    querystring: readingOptionsSchema,
    response: { 200: previewSchema },
  };
  app.get<{ Params: { upload: string }; Querystring: ReadingOptions }>(
    '/api/uploads/:upload/preview',
    { schema: previewing },
    async (request, reply) => {
      const { path, name, tables } = await service.intake.uploads.find(request.params.upload);
      const profileFolders = service.intake.profiles.folders;
      const reading = { table: tables[0]?.name, ...request.query };
      const work = { path, name, reading, profileFolders, taxonomyFolder };
      return reply.header('cache-control', 'no-store').send(await inThread(previewTask, work));
    },
  );

  const removing = { summary: 'Throws a file away', params: idSchema, response: { 204: z.null() } };
  app.delete<{ Params: { upload: string } }>('/api/uploads/:upload', { schema: removing }, async (request, reply) => {
    await service.intake.uploads.remove(request.params.upload);
    return reply.code(204).send();
  });
}
