import { z } from 'zod';
import { concentrationSchema } from '../analyses-model.ts';
import { InputError, NotFoundError } from '../errors.ts';
import { type Compared, compareAreas, compareCells, concentrate, listConcentration } from '../flows/concentrate.ts';
import type { Holdings } from '../flows/load-holdings.ts';
import { findLayerOrNewest } from '../flows/vintages.ts';
import { defaultResolution } from '../model.ts';
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
    const compared =
      by === 'cells' || !layer
        ? await compareCells(service.database, holdings, filter, layer, resolution)
        : await compareAreas(holdings, filter, layer);
    if (format === 'json') return reply.send(await concentrate(holdings, filter, compared, top));
    return sendFile(reply, format, 'concentration', await listConcentration(compared, boundariesOf(compared)));
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

function boundariesOf({ countedIn }: Compared): Record<string, string | null> {
  const [layer, validFrom] = boundaryColumns;
  return countedIn ? { [layer]: countedIn.layer, [validFrom]: countedIn.validFrom } : {};
}
