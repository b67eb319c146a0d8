import { dayOf } from '../count/calendar.ts';
import { type Columns, countedColumns, incidentCount, placeCount } from '../count/columns.ts';
import { comparePeriod } from '../count/compare-period.ts';
import { type CompiledFilter, compileFilter } from '../count/compile-filter.ts';
import { countPart, countSome, type PlaceCounts, placeCounts } from '../count/count-incidents.ts';
import { tallyDailyCodes } from '../count/daily-codes.ts';
import { filterKey } from '../count/parse-filter.ts';
import { intersectRanges, type PlaceRanges, splitRanges } from '../count/place-ranges.ts';
import { placeRuns, type Runs } from '../count/runs.ts';
import { incidentsToLookAt, passingPlaces } from '../count/stretches.ts';
import { sumArrays, sumTallies, type Tallies } from '../count/tallies.ts';
import { tallyPart } from '../count/tally-incidents.ts';
import type { DateRange, Filter } from '../model.ts';
import { shared } from '../shared-array.ts';
import { inThread, quickThreads, task } from '../threads.ts';
import type { Holdings } from './load-holdings.ts';
import { remember } from './remember.ts';

/** Counts under a filter, and under the same filter in the earlier period if it compares. */
export type Compared<Answer> = {
  readonly compiled: CompiledFilter;
  readonly current: Answer;
  readonly previous: Answer | null;
  readonly period: DateRange | null;
};

/** Fewer incidents than this are counted at once, in some milliseconds: threads would save less than they cost. */
export const countedAtOnce = 1_000_000;
const count = new URL('../count/', import.meta.url);
const countPartTask = task<typeof countPart>(new URL('count-incidents.ts', count), 'countPart', 'quick');
const tallyPartTask = task<typeof tallyPart>(new URL('tally-incidents.ts', count), 'tallyPart', 'quick');

/** Tallies what matches, or gives the answer found before; identical requests at once are answered by one pass. */
export function tallyFilter(holdings: Holdings, filter: Filter): Promise<Compared<Tallies>> {
  return compared(holdings, filter, (plain) =>
    remember(holdings, `tallies ${filterKey(plain)}`, () => tally(holdings, plain), talliesBytes),
  );
}

/** Counts what matches by place. */
export function countPlaces(holdings: Holdings, filter: Filter): Promise<Compared<PlaceCounts>> {
  return compared(holdings, filter, (plain) =>
    remember(holdings, `places ${filterKey(plain)}`, () => countByPlace(holdings, plain), placesBytes),
  );
}

/** Counts what matches by the groups of `runs`, as many as told. Cells and areas may go on from one part to the next. */
export async function countGroups(
  { columns }: Holdings,
  filter: Filter,
  runs: Runs,
  groups: number,
): Promise<Uint32Array> {
  const compiled = compileFilter(columns, filter);
  const places = passingPlaces(columns, compiled);
  const parts = await inParts(columns, compiled, places, async (part, inThreads) => {
    const counts = inThreads ? shared(Uint32Array, groups) : new Uint32Array(groups);
    if (inThreads) await inThread(countPartTask, countedColumns(columns), compiled, part, runs, counts);
    else countPart(columns, compiled, part, runs, counts);
    return counts;
  });
  return sumArrays(parts);
}

/** Counts what matches at some places by the groups in which they lie, `some` of as many as told; at once: not for many. */
export function countSomeGroups(
  { columns }: Holdings,
  filter: Filter,
  runs: Runs,
  groups: number,
  some: Uint32Array,
  within: PlaceRanges,
): Uint32Array {
  const compiled = compileFilter(columns, filter);
  const places = intersectRanges(passingPlaces(columns, compiled), within);
  return countSome(columns, compiled, places, runs, groups, some);
}

/** First and last day on which anything is held. */
export function dateExtent({ columns }: Holdings): DateRange | null {
  return incidentCount(columns) === 0 ? null : { from: dayOf(columns.firstDay), to: dayOf(columns.lastDay) };
}

/** Makes an answer under a filter and, if it compares, under the same filter in the earlier period. */
export async function compared<Answer>(
  holdings: Holdings,
  filter: Filter,
  count: (plain: Filter) => Promise<Answer>,
): Promise<Compared<Answer>> {
  const { compare: _, ...plain } = filter;
  const period = earlierPeriod(holdings, filter);
  const [current, previous] = await Promise.all([count(plain), period && count({ ...plain, ...period })]);
  return { compiled: compileFilter(holdings.columns, plain), current, previous, period };
}

/** The period that a filter compares with, if it does. */
export function earlierPeriod(holdings: Holdings, filter: Filter): DateRange | null {
  return comparePeriod(filter, dateExtent(holdings) ?? { from: '1970-01-01', to: '1970-01-01' });
}

async function tally({ columns }: Holdings, filter: Filter): Promise<Tallies> {
  const compiled = compileFilter(columns, filter);
  if (compiled.places === null) return tallyDailyCodes(columns, compiled);
  return sumTallies(
    await inParts(columns, compiled, compiled.places, (part, inThreads) =>
      inThreads ? inThread(tallyPartTask, countedColumns(columns), compiled, part) : tallyPart(columns, compiled, part),
    ),
  );
}

async function countByPlace({ columns }: Holdings, filter: Filter): Promise<PlaceCounts> {
  const compiled = compileFilter(columns, filter);
  // no place is in two parts: all threads count into one array
  const counts = shared(Uint32Array, placeCount(columns) + 1);
  await inParts(columns, compiled, passingPlaces(columns, compiled), (part, inThreads) =>
    inThreads
      ? inThread(countPartTask, countedColumns(columns), compiled, part, placeRuns(columns), counts)
      : countPart(columns, compiled, part, placeRuns(columns), counts),
  );
  return placeCounts(counts, columns.pointPlaces);
}

/** Does a pass at once if it is short, else its parts in all threads side by side. */
function inParts<Result>(
  columns: Columns,
  compiled: CompiledFilter,
  places: PlaceRanges,
  work: (part: PlaceRanges, inThreads: boolean) => Result | Promise<Result>,
): Promise<Result[]> {
  const isShort = incidentsToLookAt(columns, compiled, places) < countedAtOnce;
  const parts = isShort ? [places] : splitRanges(places, columns.incidentsBefore, quickThreads);
  return Promise.all(parts.map((part) => work(part, !isShort)));
}

const talliesBytes = ({ byCode, byDayHour }: Tallies) => byCode.byteLength + byDayHour.byteLength;
const placesBytes = ({ byAnyPlace }: PlaceCounts) => byAnyPlace.byteLength;
