import { dayOf } from '../count/calendar.ts';
import { type Columns, countedColumns, incidentCount, placeCount } from '../count/columns.ts';
import { comparePeriod } from '../count/compare-period.ts';
import type { CompiledFilter } from '../count/compile-filter.ts';
import {
  type Counts,
  countPart,
  incidentsToLookAt,
  type PlaceCounts,
  type PlaceRange,
  passingPlaces,
  placeCounts,
  splitPlaces,
  tallyPart,
} from '../count/count-incidents.ts';
import { filterKey } from '../count/parse-filter.ts';
import { shared } from '../count/shared-array.ts';
import type { DateRange, Filter } from '../model.ts';
import { inThread, quickThreads, task } from '../threads.ts';
import type { Holdings } from './load-holdings.ts';
import { remember, remembered } from './remember.ts';
import { compileInVintages } from './vintages.ts';

/** Counts under a filter, and under the same filter in the earlier period if it compares. */
export type Compared<Answer> = {
  readonly compiled: CompiledFilter;
  readonly current: Answer;
  readonly previous: Answer | null;
  readonly period: DateRange | null;
};

/** Fewer incidents than this are counted at once, in about a millisecond: handing them to threads would take as long. */
const fewIncidents = 300_000;
const counting = new URL('../count/count-incidents.ts', import.meta.url);
const countPartTask = task<typeof countPart>(counting, 'countPart', 'quick');
const tallyPartTask = task<typeof tallyPart>(counting, 'tallyPart', 'quick');

/** Counts what matches in every respect, or gives the answer found before; identical requests at once are counted once. */
export function countFilter(holdings: Holdings, filter: Filter): Promise<Compared<Counts>> {
  return compared(holdings, filter, (plain) =>
    remember(holdings, allKey(plain), () => countAll(holdings, plain), countsBytes),
  );
}

/** Counts what matches by place only: enough for areas and for statistics. */
export function countPlaces(holdings: Holdings, filter: Filter): Promise<Compared<PlaceCounts>> {
  return compared(holdings, filter, (plain) => {
    const known = remembered<Counts>(holdings, allKey(plain));
    return known ?? remember(holdings, `places ${filterKey(plain)}`, () => countByPlace(holdings, plain), countsBytes);
  });
}

/** Counts what matches by group of places (the cell of each), the last for what has no place. */
export async function countGroups(
  { columns }: Holdings,
  filter: Filter,
  groupOf: Uint32Array,
  groups: number,
): Promise<Uint32Array> {
  const compiled = compileInVintages(columns, filter);
  const parts = await inParts(columns, compiled, async (part, inThreads) => {
    const counts = shared(Uint32Array, groups + 1);
    if (inThreads) await inThread(countPartTask, countedColumns(columns), compiled, part, counts, groupOf);
    else countPart(columns, compiled, part, counts, groupOf);
    return counts;
  });
  return parts.length === 1 ? parts[0]! : sumArrays(parts);
}

/** First and last day on which anything is held. */
export function dateExtent({ columns }: Holdings): DateRange | null {
  return incidentCount(columns) === 0 ? null : { from: dayOf(columns.firstDay), to: dayOf(columns.lastDay) };
}

async function compared<Answer>(
  holdings: Holdings,
  filter: Filter,
  count: (plain: Filter) => Promise<Answer>,
): Promise<Compared<Answer>> {
  const { compare: _, ...plain } = filter;
  const period = earlierPeriod(holdings, filter);
  const [current, previous] = await Promise.all([count(plain), period && count({ ...plain, ...period })]);
  return { compiled: compileInVintages(holdings.columns, plain), current, previous, period };
}

/** The period that a filter compares with, if it does. */
export function earlierPeriod(holdings: Holdings, filter: Filter): DateRange | null {
  return comparePeriod(filter, dateExtent(holdings) ?? { from: '1970-01-01', to: '1970-01-01' });
}

const allKey = (filter: Filter) => `all ${filterKey(filter)}`;

async function countAll({ columns, everything }: Holdings, filter: Filter): Promise<Counts> {
  if (Object.keys(filter).length === 0) return everything;
  const compiled = compileInVintages(columns, filter);
  const byPlace = shared(Uint32Array, placeCount(columns) + 1);
  const tallies = await inParts(columns, compiled, (part, inThreads) =>
    inThreads
      ? inThread(tallyPartTask, countedColumns(columns), compiled, part, byPlace)
      : tallyPart(columns, compiled, part, byPlace),
  );
  const byCode = sumArrays(tallies.map((tally) => tally.byCode));
  const byDayHour = sumArrays(tallies.map((tally) => tally.byDayHour));
  return { ...placeCounts(byPlace, columns.pointPlaces), byCode, byDayHour };
}

async function countByPlace({ columns }: Holdings, filter: Filter): Promise<PlaceCounts> {
  const compiled = compileInVintages(columns, filter);
  const byPlace = shared(Uint32Array, placeCount(columns) + 1);
  await inParts(columns, compiled, (part, inThreads) =>
    inThreads
      ? inThread(countPartTask, countedColumns(columns), compiled, part, byPlace)
      : countPart(columns, compiled, part, byPlace),
  );
  return placeCounts(byPlace, columns.pointPlaces);
}

/** Does a pass at once if it is short, else its parts in all threads side by side, which write into one array. */
function inParts<Result>(
  columns: Columns,
  compiled: CompiledFilter,
  work: (part: PlaceRange, inThreads: boolean) => Result | Promise<Result>,
): Promise<Result[]> {
  const places = passingPlaces(columns, compiled);
  const isShort = incidentsToLookAt(columns, compiled, places) < fewIncidents;
  const parts = isShort ? [places] : splitPlaces(columns, places, quickThreads);
  return Promise.all(parts.map((part) => work(part, !isShort)));
}

function sumArrays(arrays: readonly Uint32Array[]): Uint32Array {
  const sum = arrays[0]!.slice();
  for (const array of arrays.slice(1)) for (let at = 0; at < sum.length; at++) sum[at]! += array[at]!;
  return sum;
}

function countsBytes(counts: PlaceCounts & Partial<Counts>): number {
  return counts.byPlace.byteLength + (counts.byCode?.byteLength ?? 0) + (counts.byDayHour?.byteLength ?? 0);
}
