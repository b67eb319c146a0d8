import type { z } from 'zod';
import type { App, Service } from '../app.ts';
import { countCells } from '../flows/count-cells.ts';
import { type Cells, cellsSchema, defaultResolution } from '../model.ts';
import { cellsToGeojson } from '../report/cells-to-geojson.ts';
import { toCsv } from '../report/to-csv.ts';
import {
  chooseFormat,
  entityTag,
  formatSchema,
  isUnchanged,
  readFilter,
  readingQuery,
  readyHoldings,
  resolutionSchema,
  sendFile,
} from './reading.ts';

const querySchema = readingQuery({ resolution: resolutionSchema.default(defaultResolution), format: formatSchema });

/** `GET /api/cells`: incidents by H3 cell. */
export function cellsRoutes(app: App, service: Service): void {
  const schema = { summary: 'Incidents by H3 cell', querystring: querySchema, response: { 200: cellsSchema } };
  app.get<{ Querystring: z.infer<typeof querySchema> }>('/api/cells', { schema }, async (request, reply) => {
    const { resolution, format: wanted, ...query } = request.query;
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const format = chooseFormat(request, wanted, ['json', 'csv', 'geojson']);
    if (isUnchanged(request, reply, entityTag(holdings, 'cells', filter, [resolution, format]))) return reply;
    const cells = await countCells(holdings, filter, resolution);
    if (format === 'csv') return sendFile(reply, format, 'cells', cellsCsv(cells));
    if (format === 'geojson') return sendFile(reply, format, 'cells', JSON.stringify(cellsToGeojson(cells.cells)));
    return reply.send(cells);
  });
}

function cellsCsv({ cells }: Cells): string {
  const columns = ['cell', 'count', ...(cells[0]?.previous === undefined ? [] : ['previous'])] as const;
  return toCsv(
    columns,
    cells.map((cell) => columns.map((column) => cell[column as keyof typeof cell])),
  );
}
