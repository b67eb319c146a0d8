import { z } from 'zod';
import { findHotspots } from '../flows/find-hotspots.ts';
import { remember } from '../flows/remember.ts';
import { defaultResolution, type Hotspots, hotspotsSchema } from '../model.ts';
import { toCsv } from '../report/to-csv.ts';
import type { App, Service } from '../service.ts';
import { statisticOptions, statisticShape, studyLayer } from './measures.ts';
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
  ...statisticShape,
  resolution: resolutionSchema.default(defaultResolution),
  rank: z.enum(['count', 'z', 'harm']).default('count').describe('What the places are ranked by'),
  period: z
    .enum(['day', 'night', 'all'])
    .default('all')
    .describe('Twelve hours: day from 7:00 to 18:59, night from 19:00 to 6:59'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  format: formatSchema,
});

/** `GET /api/hotspots`: significant concentrations as ranked places. */
export function hotspotsRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'Significant concentrations as ranked places',
    querystring: querySchema,
    response: { 200: hotspotsSchema },
  };
  app.get<{ Querystring: z.infer<typeof querySchema> }>('/api/hotspots', { schema }, async (request, reply) => {
    const {
      resolution,
      rank,
      period,
      limit,
      format: wanted,
      layer: layerName,
      correction,
      p,
      permutations,
      seed,
      weight,
      ...query
    } = request.query;
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const layer = studyLayer(holdings, layerName, query.vintage);
    const options = {
      ...statisticOptions({ layer: layerName, correction, p, permutations, seed, weight }),
      rank,
      period,
      limit,
    };
    const format = chooseFormat(request, wanted, ['json', 'csv', 'geojson']);
    const tag = entityTag(holdings, 'hotspots', filter, [resolution, options, layer?.layer, layer?.validFrom, format]);
    if (isUnchanged(request, reply, tag)) return reply;
    const { database, taxonomy, harm } = service;
    const hotspots = await remember(holdings, tag.replace(format, ''), () =>
      findHotspots(database, holdings, taxonomy, harm, filter, layer, resolution, options),
    );
    if (format === 'csv') return sendFile(reply, format, 'hotspots', hotspotsCsv(hotspots));
    if (format === 'geojson') return sendFile(reply, format, 'hotspots', hotspotsGeojson(hotspots));
    return reply.send(hotspots);
  });
}

function hotspotsCsv({ hotspots, study }: Hotspots): string {
  const columns = [
    'rank',
    'id',
    'name',
    'count',
    'share',
    'previous',
    'change',
    'changeP',
    'z',
    'q',
    'hotMonths',
    'months',
  ] as const;
  return toCsv(
    [...columns, 'areas', 'boundaries', 'streets', 'cells'],
    hotspots.map((place) => [
      ...columns.map((column) => place[column]),
      place.areas.map(({ name }) => name).join('; '),
      study.boundaries.join('; '),
      place.streets.map(({ name }) => name).join('; '),
      place.cells.join(' '),
    ]),
  );
}

function hotspotsGeojson({ hotspots }: Hotspots): string {
  const features = hotspots.map(({ polygon, ...properties }) => ({ type: 'Feature', properties, geometry: polygon }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}
