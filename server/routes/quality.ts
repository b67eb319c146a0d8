import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { describeImportQuality, describeSourceQuality } from '../flows/describe-quality.ts';
import { type Quality, qualitySchema } from '../import-model.ts';
import { qualityCsv, qualityTables } from '../report/quality-tables.ts';
import type { App, Service } from '../service.ts';
import { chooseFormat, formatSchema, readyHoldings, sendFile } from './reading.ts';

const querySchema = z.strictObject({
  layer: z.string().optional().describe('Layer of the areas to count by; ward unless told'),
  vintage: z.string().optional().describe('First day of the boundaries wanted; else the newest held'),
  table: z.enum(qualityTables).default('months').describe('Which table, as CSV'),
  format: formatSchema,
});
type Query = z.infer<typeof querySchema>;

const importSchema = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});
const sourceSchema = z.object({ name: z.string() });

/** `GET /api/imports/{id}/quality` and `GET /api/sources/{name}/quality`: how good what was taken in is. */
export function qualityRoutes(app: App, service: Service): void {
  const common = { querystring: querySchema, response: { 200: qualitySchema } };
  app.get<{ Querystring: Query; Params: z.infer<typeof importSchema> }>(
    '/api/imports/:id/quality',
    { schema: { ...common, summary: 'The quality of one import', params: importSchema } },
    async (request, reply) => {
      readyHoldings(service);
      const { id } = request.params;
      return send(
        request,
        reply,
        `quality-of-import-${id}`,
        await describeImportQuality(service.database, id, request.query),
      );
    },
  );
  app.get<{ Querystring: Query; Params: z.infer<typeof sourceSchema> }>(
    '/api/sources/:name/quality',
    { schema: { ...common, summary: 'The quality of all that is held of a source', params: sourceSchema } },
    async (request, reply) => {
      readyHoldings(service);
      const { name } = request.params;
      return send(request, reply, 'quality', await describeSourceQuality(service.database, name, request.query));
    },
  );
}

function send(request: FastifyRequest<{ Querystring: Query }>, reply: FastifyReply, name: string, quality: Quality) {
  const { table, format: wanted } = request.query;
  const format = chooseFormat(request, wanted, ['json', 'csv']);
  reply.header('cache-control', 'private, no-cache').header('vary', 'accept, accept-encoding');
  if (format === 'csv') return sendFile(reply, format, `${name}-${table}`, qualityCsv(quality, table));
  return reply.send(quality);
}
