import { z } from 'zod';
import type { ImportWork } from '../flows/import-work.ts';
import { type ImportRequest, importRequestSchema, jobSchema } from '../import-model.ts';
import type { App, Service } from '../service.ts';
import { readyHoldings } from './reading.ts';

const idSchema = z.strictObject({ job: z.string() });

/** `/api/trials`, `POST /api/imports` and `/api/jobs`: work on files that goes on while the page waits. */
export function jobsRoutes(app: App, service: Service): void {
  const kinds: readonly [address: string, kind: ImportWork['kind'], summary: string][] = [
    ['/api/trials', 'trial', 'Begins a trial run: what an import would bring; nothing is stored'],
    ['/api/imports', 'import', 'Begins an import; one goes on at a time, the others wait in line'],
  ];
  for (const [address, kind, summary] of kinds) {
    const schema = { summary, body: importRequestSchema, response: { 202: jobSchema } };
    app.post<{ Body: ImportRequest }>(address, { schema }, async (request, reply) => {
      readyHoldings(service);
      const job = service.intake.jobs.begin(await service.intake.plan(kind, request.body));
      return reply.code(202).header('cache-control', 'no-store').send(job);
    });
  }

  const finding = { summary: 'How far a job is, or what came of it', params: idSchema, response: { 200: jobSchema } };
  app.get<{ Params: { job: string } }>('/api/jobs/:job', { schema: finding }, async (request, reply) => {
    return reply.header('cache-control', 'no-store').send(service.intake.jobs.find(request.params.job));
  });

  const cancelling = { summary: 'Calls a job off; nothing is stored', params: idSchema, response: { 200: jobSchema } };
  app.delete<{ Params: { job: string } }>('/api/jobs/:job', { schema: cancelling }, async (request, reply) => {
    return reply.header('cache-control', 'no-store').send(await service.intake.jobs.cancel(request.params.job));
  });
}
