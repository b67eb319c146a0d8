import { z } from 'zod';
import { forecastSchema } from '../analyses-model.ts';
import { forecastCells } from '../flows/forecast-cells.ts';
import { defaultResolution } from '../model.ts';
import type { App, Service } from '../service.ts';
import { measureShape, studyLayer } from './measures.ts';
import { entityTag, isUnchanged, readFilter, readingQuery, readyHoldings, resolutionSchema } from './reading.ts';

const querySchema = readingQuery({
  resolution: resolutionSchema.default(defaultResolution),
  layer: measureShape.layer,
  holdOut: z.coerce.number().int().min(1).max(36).default(6).describe('Last months on which the methods are tried'),
  window: z.coerce
    .number()
    .int()
    .min(1)
    .max(240)
    .optional()
    .describe('Months learned from for each forecast; else all months of the range before it'),
  halfLife: z.coerce
    .number()
    .min(0.1)
    .max(120)
    .default(3)
    .describe('Of the recency-weighted count, in months: what is so much older counts half'),
  bandwidth: measureShape.bandwidth,
  coverage: z.coerce
    .number()
    .min(0.001)
    .max(0.5)
    .default(0.05)
    .describe('Share of the cells at which the methods are compared for the recommendation'),
  top: z.coerce.number().int().min(1).max(1000).default(20).describe('Cells listed for each method'),
});

/** `GET /api/forecast`: next month's cells by each method, and which method to trust here. */
export function forecastRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'Next month’s ranking of cells by each method, and how each did on months held out',
    querystring: querySchema,
    response: { 200: forecastSchema },
  };
  app.get<{ Querystring: z.infer<typeof querySchema> }>('/api/forecast', { schema }, async (request, reply) => {
    const {
      resolution,
      layer: layerName,
      holdOut,
      window,
      halfLife,
      bandwidth,
      coverage,
      top,
      ...query
    } = request.query;
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const layer = studyLayer(holdings, layerName, query.vintage);
    const question = { holdOut, window, halfLife, bandwidth, coverage, top };
    const tag = entityTag(holdings, 'forecast', filter, [layer?.layer, layer?.validFrom, resolution, question]);
    if (isUnchanged(request, reply, tag)) return reply;
    return reply.send(await forecastCells(service.database, holdings, filter, layer, resolution, question));
  });
}
