import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { describeImportQuality, describeSourceQuality, type QualityOptions } from '../flows/describe-quality.ts';
import { remember } from '../flows/remember.ts';
import { type Quality, qualitySchema } from '../import-model.ts';
import { qualityCsv, qualityTables } from '../report/quality-tables.ts';
import type { App, Service } from '../service.ts';
import { readImports } from '../store/status.ts';
import { type ImportRoute, importParamsSchema } from './import-params.ts';
import { chooseFormat, entityTag, formatSchema, isUnchanged, readyHoldings, sendFile } from './reading.ts';

const querySchema = z.strictObject({
  layer: z.string().optional().describe('Layer of the areas to count by; ward unless told'),
  vintage: z.string().optional().describe('First day of the boundaries wanted, or `undated`; else the newest held'),
  table: z.enum(qualityTables).default('months').describe('Which table, as CSV'),
  format: formatSchema,
});
type Query = z.infer<typeof querySchema>;
type Request = FastifyRequest<{ Querystring: Query }>;

const sourceSchema = z.object({ name: z.string() });

/** `GET /api/imports/{id}/quality` and `GET /api/sources/{name}/quality`: how good what was taken in is. */
export function qualityRoutes(app: App, service: Service): void {
  const common = { querystring: querySchema, response: { 200: qualitySchema } };
  app.get<{ Querystring: Query } & ImportRoute>(
    '/api/imports/:id/quality',
    { schema: { ...common, summary: 'The quality of one import', params: importParamsSchema } },
    (request, reply) => {
      const { id } = request.params;
      return answer(service, request, reply, `import ${id}`, (options) =>
        describeImportQuality(service.database, id, options),
      );
    },
  );
  app.get<{ Querystring: Query; Params: z.infer<typeof sourceSchema> }>(
    '/api/sources/:name/quality',
    { schema: { ...common, summary: 'The quality of all that is held of a source', params: sourceSchema } },
    (request, reply) => {
      const { name } = request.params;
      return answer(service, request, reply, `source ${name}`, (options) =>
        describeSourceQuality(service.database, name, options),
      );
    },
  );
}

/** Reports on millions of incidents take seconds: they are made once for each version of the data. */
async function answer(
  service: Service,
  request: Request,
  reply: FastifyReply,
  subject: string,
  describe: (options: QualityOptions) => Promise<Quality>,
): Promise<FastifyReply> {
  const holdings = readyHoldings(service);
  const { table, format: wanted, ...options } = request.query;
  const format = chooseFormat(request, wanted, ['json', 'csv']);
  // an import that brought nothing new makes no new version, and is part of the report
  const [newest] = await service.database.read((client) => readImports(client, 1));
  const question = [subject, options.layer, options.vintage, newest?.id];
  if (isUnchanged(request, reply, entityTag(holdings, 'quality', {}, [...question, table, format]))) return reply;
  const quality = await remember(holdings, `quality ${JSON.stringify(question)}`, () => describe(options));
  if (format === 'csv') return sendFile(reply, format, `quality-${table}`, qualityCsv(quality, table));
  return reply.send(quality);
}
