import { z } from 'zod';
import { type NearRepeat, nearRepeatSchema } from '../analyses-model.ts';
import { InputError } from '../errors.ts';
import { findNearRepeats } from '../flows/find-near-repeats.ts';
import { toCsv } from '../report/to-csv.ts';
import type { App, Service } from '../service.ts';
import {
  chooseFormat,
  entityTag,
  formatSchema,
  isUnchanged,
  readFilter,
  readingQuery,
  readyHoldings,
  sendFile,
} from './reading.ts';

const querySchema = readingQuery({
  spaceBands: z
    .string()
    .default('100,200,300,400')
    .describe('Rising limits in metres, each not included in the band below it; 0 comes first if it is not named'),
  timeBands: z
    .string()
    .default('7,14,21,28')
    .describe('Rising limits in whole days, each not included in the band below it; 0 comes first if it is not named'),
  distance: z
    .enum(['manhattan', 'euclidean'])
    .default('manhattan')
    .describe('Along a grid of streets, or as the crow flies'),
  permutations: z.coerce.number().int().min(99).max(9999).default(999),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).default(1),
  format: formatSchema,
});
type Query = z.infer<typeof querySchema>;

const mostBands = 20;
const farthestMetres = 5000;
const longestDays = 366;

/** `GET /api/near-repeat`: the Knox table. */
export function nearRepeatRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'Near repeats: pairs of incidents close in space and time, against shuffled days (Knox)',
    querystring: querySchema,
    response: { 200: nearRepeatSchema },
  };
  app.get<{ Querystring: Query }>('/api/near-repeat', { schema }, async (request, reply) => {
    const { spaceBands, timeBands, distance, permutations, seed, format: wanted, ...query } = request.query;
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const format = chooseFormat(request, wanted, ['json', 'csv']);
    const spaceLimitsMetres = parseLimits('spaceBands', spaceBands, farthestMetres);
    const timeLimitsDays = parseLimits('timeBands', timeBands, longestDays);
    const options = { spaceLimitsMetres, timeLimitsDays, distance, permutations, seed };
    if (isUnchanged(request, reply, entityTag(holdings, 'near-repeat', filter, [options, format]))) return reply;
    const answer = await findNearRepeats(holdings, filter, options);
    return format === 'csv' ? sendFile(reply, format, 'near-repeat', tableCsv(answer)) : reply.send(answer);
  });
}

/** Rising limits from 0; days are whole, since a difference of days is. */
function parseLimits(name: 'spaceBands' | 'timeBands', text: string, most: number): number[] {
  const limits = text.split(',').map((item) => (item.trim() === '' ? Number.NaN : Number(item)));
  if (limits[0] !== 0) limits.unshift(0);
  const unit = name === 'spaceBands' ? 'metres' : 'whole days';
  limits.forEach((limit, at) => {
    const isNumber = Number.isFinite(limit) && limit <= most && (unit === 'metres' || Number.isInteger(limit));
    if (isNumber && (at === 0 || limit > limits[at - 1]!)) return;
    throw new InputError(
      `${name}: "${text}" are not rising limits in ${unit} up to ${most}; write them as 100,200,400`,
    );
  });
  if (limits.length < 2 || limits.length > mostBands + 1) {
    throw new InputError(`${name}: ${limits.length - 1} bands; give 1 to ${mostBands}`);
  }
  return limits;
}

function tableCsv({ spaceBands, timeBands, table }: NearRepeat): string {
  const columns = [
    'fromMetres',
    'toMetres',
    'fromDays',
    'toDays',
    'observed',
    'expected',
    'ratioMean',
    'ratioMedian',
    'p',
  ];
  const rows = (table ?? []).flatMap((row, space) =>
    row.map(({ observed, expected, ratioMean, ratioMedian, p }, time) => [
      ...[spaceBands[space]!.from, spaceBands[space]!.to, timeBands[time]!.from, timeBands[time]!.to],
      ...[observed, expected, ratioMean, ratioMedian, p],
    ]),
  );
  return toCsv(columns, rows);
}
