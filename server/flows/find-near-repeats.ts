import type { NearRepeat } from '../analyses-model.ts';
import { type Columns, countedColumns, monthOnlySlot } from '../count/columns.ts';
import { compileFilter } from '../count/compile-filter.ts';
import { type DatedIncidents, datedIncidents } from '../count/dated-incidents.ts';
import { filterKey } from '../count/parse-filter.ts';
import { isSoonPassed } from '../count/stretches.ts';
import { sumBySlot } from '../count/sums.ts';
import { InputError } from '../errors.ts';
import { localMetres } from '../locate/local-metres.ts';
import type { Filter } from '../model.ts';
import type { Knox, knox } from '../statistics/knox.ts';
import { inThread, task } from '../threads.ts';
import { tallyFilter } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { monthSpans } from './month-spans.ts';
import { remember } from './remember.ts';
import { hasSnapPoints, periodNotes } from './study-notes.ts';
import { pWords, whole } from './wording.ts';

export type NearRepeatOptions = {
  /** Rising limits, the first 0. */
  readonly spaceLimitsMetres: readonly number[];
  readonly timeLimitsDays: readonly number[];
  readonly distance: 'manhattan' | 'euclidean';
  readonly permutations: number;
  readonly seed: number;
};

/** More would keep a thread busy for minutes: pairs grow with the square of incidents. */
const mostIncidents = 20_000;
const datedTask = task<typeof datedIncidents>(
  new URL('../count/dated-incidents.ts', import.meta.url),
  'datedIncidents',
  'quick',
);
const knoxTask = task<typeof knox>(new URL('../statistics/knox.ts', import.meta.url), 'knox');

/** Whether an incident is followed by others near by within days more often than chance would have it. */
export function findNearRepeats(holdings: Holdings, filter: Filter, options: NearRepeatOptions): Promise<NearRepeat> {
  const key = `near-repeat ${filterKey(filter)} ${JSON.stringify(options)}`;
  return remember(holdings, key, () => compare(holdings, filter, options));
}

async function compare(holdings: Holdings, filter: Filter, options: NearRepeatOptions): Promise<NearRepeat> {
  const { compare: _, ...plain } = filter;
  const { current } = await tallyFilter(holdings, plain);
  const monthOnly = sumBySlot(holdings.columns, current)[monthOnlySlot]!;
  // those by month only have no day to compare: they are not listed, but some of them may have no point either
  refuseTooMany(current.located - monthOnly);
  const dated = await listDated(holdings.columns, plain);
  const used = dated.days.length;
  refuseTooMany(used);
  const { spaceLimitsMetres, timeLimitsDays, distance, permutations, seed } = options;
  const [spaceBands, timeBands] = [bandsOf(spaceLimitsMetres), bandsOf(timeLimitsDays)];
  const found = used < 2 ? null : await runKnox(holdings, dated, options);
  const table = found && tableOf(found);
  return {
    version: holdings.columns.version,
    total: current.total,
    used,
    monthOnly: dated.monthOnly,
    unlocated: current.total - current.located,
    distance,
    permutations,
    seed,
    spaceBands,
    timeBands,
    table,
    finding: table && describe(table[0]![0]!, spaceBands[0]!.to, timeBands[0]!.to),
    notes: [
      ...leftOutNotes(dated.monthOnly, current.total - current.located, used),
      ...pointNotes(holdings, used),
      ...gapNotesOf(holdings, filter),
    ],
  };
}

async function listDated(columns: Columns, filter: Filter): Promise<DatedIncidents> {
  const compiled = compileFilter(columns, filter);
  const { lats, lngs } = columns.places;
  return isSoonPassed(columns, compiled)
    ? datedIncidents(columns, { lats, lngs }, compiled)
    : inThread(datedTask, countedColumns(columns), { lats, lngs }, compiled);
}

function refuseTooMany(incidents: number): void {
  if (incidents <= mostIncidents) return;
  throw new InputError(
    `${whole(incidents)} incidents are too many to compare in pairs; choose fewer categories, a shorter period or fewer areas (at most ${whole(mostIncidents)})`,
  );
}

function runKnox({ columns }: Holdings, { places, days }: DatedIncidents, options: NearRepeatOptions): Promise<Knox> {
  const { spaceLimitsMetres, timeLimitsDays, distance, permutations, seed } = options;
  const { lats, lngs } = columns.places;
  const first = places[0]!;
  const origin = { lat: lats[first]!, lng: lngs[first]! };
  const points = localMetres(
    origin,
    Float64Array.from(places, (place) => lats[place]!),
    Float64Array.from(places, (place) => lngs[place]!),
  );
  return inThread(
    knoxTask,
    { ...points, day: Float64Array.from(days) },
    { spaceBreaksMetres: spaceLimitsMetres, timeBreaksDays: timeLimitsDays, distance, permutations, seed },
  );
}

function bandsOf(limits: readonly number[]): { from: number; to: number }[] {
  return limits.slice(1).map((to, at) => ({ from: limits[at]!, to }));
}

type Table = NonNullable<NearRepeat['table']>;

function tableOf({ observed, expectedMean, ratioMean, ratioMedian, p }: Knox): Table {
  return observed.map((row, space) =>
    row.map((count, time) => ({
      observed: count,
      expected: expectedMean[space]![time]!,
      ratioMean: ratioMean[space]![time]!,
      ratioMedian: ratioMedian[space]![time]!,
      p: p[space]![time]!,
    })),
  );
}

function describe({ observed, ratioMean, p }: Table[number][number], metres: number, days: number): string | null {
  if (ratioMean === null) return null;
  const near = `Pairs of incidents less than ${metres} m and ${days} days apart`;
  if (p > 0.05)
    return `${near} are not clearly more frequent than chance would have it (${whole(observed)}, ${pWords(p)}).`;
  return `${near} are ${ratioMean.toFixed(2)} times as frequent as chance would have it (${whole(observed)}, ${pWords(p)}).`;
}

function leftOutNotes(monthOnly: number, unlocated: number, used: number): string[] {
  const notes: string[] = [];
  if (monthOnly > 0) {
    notes.push(`${whole(monthOnly)} incidents are known by month only: they have no day to compare and are left out.`);
  }
  if (unlocated > 0) notes.push(`${whole(unlocated)} incidents have no point and are left out.`);
  if (used < 2)
    notes.push(
      `${used === 0 ? 'No incident' : 'Only one incident'} with a point and a day is left: there are no pairs to compare.`,
    );
  return notes;
}

function pointNotes(holdings: Holdings, used: number): string[] {
  const notes: string[] = [];
  if (hasSnapPoints(holdings)) {
    notes.push(
      'Points of data.police.uk are snap points, not where incidents were: distances between them, and repeats at one place, say little.',
    );
  }
  if (used >= 2) notes.push('An incident with a from–to range counts on the day on which it may have begun.');
  return notes;
}

function gapNotesOf(holdings: Holdings, filter: Filter): string[] {
  const spans = monthSpans(holdings, filter);
  const [first, last] = [spans[0], spans.at(-1)];
  return first && last ? periodNotes(holdings, { current: { from: first.from, to: last.to }, previous: null }) : [];
}
