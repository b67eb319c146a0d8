import { z } from 'zod';
import { concentrationSchema } from '../analyses-model.ts';
import type { AreaLayer } from '../count/columns.ts';
import { InputError, NotFoundError } from '../errors.ts';
import { concentrateAreas, concentrateCells } from '../flows/concentrate.ts';
import type { Holdings } from '../flows/load-holdings.ts';
import type { RankedPlace } from '../flows/rank-places.ts';
import { findLayerOrNewest } from '../flows/vintages.ts';
import { defaultResolution } from '../model.ts';
import { toCsv } from '../report/to-csv.ts';
import type { App, Service } from '../service.ts';
import { studyLayer } from './measures.ts';
import {
  boundaryColumns,
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
  by: z.string().default('cells').describe('`cells`, or the layer of areas to compare, such as `ward`'),
  resolution: resolutionSchema.default(defaultResolution),
  layer: z
    .string()
    .optional()
    .describe('With `by=cells`: layer whose areas are the study area when the filter names no area; else `ward`'),
  top: z.coerce.number().int().min(1).max(1000).default(10).describe('How many of the fullest places to list'),
  format: formatSchema,
});

/** `GET /api/concentration`: how few places hold how much. */
export function concentrationRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'How few cells or areas hold how much: Lorenz curve, Gini, the fullest places',
    querystring: querySchema,
    response: { 200: concentrationSchema },
  };
  app.get<{ Querystring: z.infer<typeof querySchema> }>('/api/concentration', { schema }, async (request, reply) => {
    const { by, resolution, layer: layerName, top, format: wanted, ...query } = request.query;
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const format = chooseFormat(request, wanted, ['json', 'csv']);
    const layer =
      by === 'cells' ? studyLayer(holdings, layerName, query.vintage) : layerBy(holdings, by, query.vintage);
    const tag = entityTag(holdings, 'concentration', filter, [
      by,
      resolution,
      layer?.layer,
      layer?.validFrom,
      top,
      format,
    ]);
    if (isUnchanged(request, reply, tag)) return reply;
    const { answer, ranked } =
      by === 'cells' || !layer
        ? await concentrateCells(service.database, holdings, filter, layer, resolution, top)
        : await concentrateAreas(holdings, filter, layer, top);
    return format === 'csv'
      ? sendFile(reply, format, 'concentration', placesCsv(ranked, by === 'cells' ? null : layer))
      : reply.send(answer);
  });
}

/** The layer that `by` names; a wrong name is a wrong parameter here, not a missing page. */
function layerBy(holdings: Holdings, by: string, vintage: string | undefined) {
  try {
    return findLayerOrNewest(holdings, by, vintage);
  } catch (error) {
    if (error instanceof NotFoundError) throw new InputError(`by: use cells or a layer; ${error.message}`);
    throw error;
  }
}

function placesCsv(ranked: readonly RankedPlace[], layer: AreaLayer | null): string {
  const columns = ['rank', 'code', 'name', 'count', 'share', 'cumulativeShare'] as const;
  const used = columns.filter((column) => column !== 'name' || ranked.some(({ name }) => name !== undefined));
  const boundaries = layer ? [layer.layer, layer.validFrom] : [];
  return toCsv(
    [...used, ...(layer ? boundaryColumns : [])],
    ranked.map((place) => [...used.map((column) => place[column]), ...boundaries]),
  );
}
