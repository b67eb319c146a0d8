import { z } from 'zod';
import { countAreas } from '../flows/count-areas.ts';
import { exportAreas } from '../flows/export-areas.ts';
import { findLayer } from '../flows/vintages.ts';
import { type Areas, areasSchema, undatedVintage } from '../model.ts';
import { toCsv } from '../report/to-csv.ts';
import type { App, Service } from '../service.ts';
import {
  boundaryColumns,
  chooseFormat,
  entityTag,
  formatSchema,
  isUnchanged,
  readFilter,
  readingQuery,
  readyHoldings,
  sendFile,
} from './reading.ts';

const querySchema = readingQuery({ format: formatSchema });
const paramsSchema = z.object({ layer: z.string() });
type Route = { Querystring: z.infer<typeof querySchema>; Params: z.infer<typeof paramsSchema> };

/** `GET /api/areas/{layer}`: incidents by ward, LSOA or other area. */
export function areasRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'Incidents by area',
    querystring: querySchema,
    params: paramsSchema,
    response: { 200: areasSchema },
  };
  app.get<Route>('/api/areas/:layer', { schema }, async (request, reply) => {
    const { format: wanted, ...query } = request.query;
    const holdings = readyHoldings(service);
    const layer = findLayer(holdings, request.params.layer, query.vintage);
    const filter = readFilter(service, holdings, query);
    const format = chooseFormat(request, wanted, ['json', 'csv', 'geojson']);
    if (isUnchanged(request, reply, entityTag(holdings, 'areas', filter, [layer.layer, layer.validFrom, format])))
      return reply;
    const areas = await countAreas(holdings, filter, layer);
    const fileName = `${layer.layer}-${layer.validFrom ?? undatedVintage}`;
    if (format === 'csv') return sendFile(reply, format, fileName, areasCsv(areas));
    if (format === 'geojson') {
      return sendFile(reply, format, fileName, JSON.stringify(await exportAreas(service.database, areas)));
    }
    return reply.send(areas);
  });
}

function areasCsv({ layer, validFrom, areas }: Areas): string {
  const columns = ['code', 'name', 'count', 'previous', 'population', 'ratePer1000'] as const;
  const used = columns.filter((column) => areas.some((area) => area[column] !== undefined));
  return toCsv(
    [...used, ...boundaryColumns],
    areas.map((area) => [...used.map((column) => area[column]), layer, validFrom]),
  );
}
