import type { z } from 'zod';
import { countCells } from '../flows/count-cells.ts';
import { measuredCellRows } from '../flows/measured-cell-rows.ts';
import { type Cells, cellsSchema, defaultResolution } from '../model.ts';
import { cellsToGeojson } from '../report/cells-to-geojson.ts';
import { toCsv } from '../report/to-csv.ts';
import type { App, Service } from '../service.ts';
import { measureShape, splitMeasureQuery, studyLayer } from './measures.ts';
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

const querySchema = readingQuery({
  resolution: resolutionSchema.default(defaultResolution),
  format: formatSchema,
  ...measureShape,
});

/** `GET /api/cells`: incidents by H3 cell, with statistics if asked for. */
export function cellsRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'Incidents and statistics by H3 cell',
    querystring: querySchema,
    response: { 200: cellsSchema },
  };
  app.get<{ Querystring: z.infer<typeof querySchema> }>('/api/cells', { schema }, async (request, reply) => {
    const { options, layerName, rest } = splitMeasureQuery(request.query);
    const { resolution, format: wanted, ...query } = rest;
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const layer = studyLayer(holdings, layerName);
    const format = chooseFormat(request, wanted, ['json', 'csv', 'geojson']);
    const tag = entityTag(holdings, 'cells', filter, [resolution, format, options, layer?.layer]);
    if (isUnchanged(request, reply, tag)) return reply;
    const cells = options.measures.some((measure) => measure !== 'count')
      ? await measuredCellRows(service.database, holdings, service.harm, filter, layer, resolution, options)
      : await countCells(holdings, filter, resolution);
    if (format === 'csv') return sendFile(reply, format, 'cells', cellsCsv(cells));
    if (format === 'geojson') return sendFile(reply, format, 'cells', JSON.stringify(cellsToGeojson(cells.cells)));
    return reply.send(cells);
  });
}

function cellsCsv({ cells }: Cells): string {
  const columns = Object.keys(cells[0] ?? { cell: '', count: 0 }) as (keyof Cells['cells'][number])[];
  return toCsv(
    columns,
    cells.map((cell) => columns.map((column) => cell[column])),
  );
}
