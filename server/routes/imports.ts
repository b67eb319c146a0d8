import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { NotFoundError } from '../errors.ts';
import { rejectsPath } from '../import/rejects-path.ts';
import { type ImportSummary, importListSchema, importSummarySchema } from '../import-model.ts';
import type { App, Service } from '../service.ts';
import { readImport, readImportHash, readImports } from '../store/status.ts';
import { type ImportRoute, importParamsSchema } from './import-params.ts';
import { readyHoldings } from './reading.ts';

const mostListed = 1_000;

/** `/api/imports`: the files taken in, each with what came of it and the rows that were rejected. */
export function importsRoutes(app: App, service: Service): void {
  const listing = { summary: 'Files taken in, the newest first', response: { 200: importListSchema } };
  app.get('/api/imports', { schema: listing }, async (_request, reply) => {
    readyHoldings(service);
    const imports = await service.database.read((client) => readImports(client, mostListed));
    return reply.header('cache-control', 'no-store').send({ imports });
  });

  const reading = { summary: 'A file taken in', params: importParamsSchema, response: { 200: importSummarySchema } };
  app.get<ImportRoute>('/api/imports/:id', { schema: reading }, async (request, reply) => {
    return reply.header('cache-control', 'no-store').send(await findImport(service, request.params.id));
  });

  const rejects = {
    summary: 'The rows that were rejected, with reasons, to be corrected and sent again',
    params: importParamsSchema,
  };
  app.get<ImportRoute>('/api/imports/:id/rejects.csv', { schema: rejects }, async (request, reply) => {
    const summary = await findImport(service, request.params.id);
    const sha256 = await service.database.read((client) => readImportHash(client, summary.id));
    const path = rejectsPath(service.intake.dataDirectory, summary.id, sha256 ?? '');
    if (!(await stat(path).catch(() => null))) throw noRejects(summary);
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="rejected-rows-of-import-${summary.id}.csv"`)
      .send(createReadStream(path));
  });
}

async function findImport(service: Service, id: number): Promise<ImportSummary> {
  readyHoldings(service);
  const found = await service.database.read((client) => readImport(client, id));
  if (!found) throw new NotFoundError(`there is no import ${id}; /api/imports lists them`);
  return found;
}

function noRejects({ id, rejected }: ImportSummary): NotFoundError {
  if (rejected === 0) return new NotFoundError(`import ${id} has no rejected rows`);
  return new NotFoundError(`the rejected rows of import ${id} are not kept here; the command line told where they are`);
}
