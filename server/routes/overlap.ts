import { z } from 'zod';
import { overlapSchema } from '../analyses-model.ts';
import { InputError } from '../errors.ts';
import type { Holdings } from '../flows/load-holdings.ts';
import { type OverlapSide, overlapHotspots } from '../flows/overlap-hotspots.ts';
import { defaultResolution, type FilterQuery, filterQuerySchema } from '../model.ts';
import type { App, Service } from '../service.ts';
import { statisticOptions, statisticShape, studyLayer } from './measures.ts';
import { entityTag, isUnchanged, readFilter, readingQuery, readyHoldings, resolutionSchema } from './reading.ts';

const side =
  'category codes (`violence`), or parameters of the filter as one URL-encoded query string (`categories=violence&hours=18-23`), which go before those shared';
const { layer, correction, p, permutations, seed } = statisticShape;
const querySchema = readingQuery({
  a: z.string().describe(`The first set of incidents: ${side}`),
  b: z.string().describe(`The second set of incidents: ${side}`),
  resolution: resolutionSchema.default(defaultResolution),
  level: z.coerce
    .number()
    .pipe(z.literal([90, 95, 99]))
    .default(95)
    .describe('Cells are hot at this per cent of confidence: 90, 95 or 99'),
  layer,
  correction,
  p,
  permutations,
  seed,
});

/** `GET /api/overlap`: do two sets of hot spots coincide? */
export function overlapRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'Whether the hot spots of two sets of incidents coincide',
    querystring: querySchema,
    response: { 200: overlapSchema },
  };
  app.get<{ Querystring: z.infer<typeof querySchema> }>('/api/overlap', { schema }, async (request, reply) => {
    const { a, b, resolution, level, layer, correction, p, permutations, seed, ...query } = request.query;
    const holdings = readyHoldings(service);
    const shared = readFilter(service, holdings, query);
    const sides = {
      a: readSide(service, holdings, 'a', a, query),
      b: readSide(service, holdings, 'b', b, query),
    };
    const studied = studyLayer(holdings, layer, query.vintage);
    const judged = statisticOptions({ layer, correction, p, permutations, seed, weight: 'count' });
    const options = { correction, p, permutations: judged.permutations, seed, level };
    const tag = entityTag(holdings, 'overlap', shared, [
      sides,
      studied?.layer,
      studied?.validFrom,
      resolution,
      options,
    ]);
    if (isUnchanged(request, reply, tag)) return reply;
    return reply.send(await overlapHotspots(service.database, holdings, sides, studied, resolution, options));
  });
}

/** Gives `a` or `b` its meaning: its own parameters before the shared ones, but one study area for both. */
function readSide(
  service: Service,
  holdings: Holdings,
  name: 'a' | 'b',
  asked: string,
  shared: FilterQuery,
): OverlapSide {
  const own = asked.includes('=') ? parametersOf(name, asked) : { categories: asked };
  const { compare: _, ...merged } = { ...shared, ...own };
  try {
    return { asked, filter: readFilter(service, holdings, merged) };
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${name}: ${error.message}`, { details: error.details });
    throw error;
  }
}

function parametersOf(name: 'a' | 'b', text: string): FilterQuery {
  const own: Record<string, string> = {};
  const known = Object.keys(filterQuerySchema.shape).filter((key) => !['area', 'vintage', 'compare'].includes(key));
  for (const [key, value] of new URLSearchParams(text)) {
    if (key === 'area' || key === 'vintage')
      throw new InputError(`${name}: both are compared in one study area; give ${key} outside of a and b`);
    if (!known.includes(key)) throw new InputError(`${name}: there is no "${key}" here; use ${known.join(', ')}`);
    if (key in own) throw new InputError(`${name}: ${key} is given twice; join its values with commas`);
    own[key] = value;
  }
  return own;
}
