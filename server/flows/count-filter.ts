import { dayOf } from '../count/calendar.ts';
import { incidentCount } from '../count/columns.ts';
import { comparePeriod } from '../count/compare-period.ts';
import { type CompiledFilter, compileFilter } from '../count/compile-filter.ts';
import {
  type CountedColumns,
  type Counts,
  countIncidents,
  type countPart,
  type PartCounts,
  type PlaceCounts,
  placeCounts,
  splitRuns,
} from '../count/count-incidents.ts';
import { filterKey } from '../count/parse-filter.ts';
import { shared } from '../count/shared-array.ts';
import type { DateRange, Filter } from '../model.ts';
import { inThread, quickThreads, task } from '../threads.ts';
import type { Holdings } from './load-holdings.ts';
import { remember, remembered } from './remember.ts';

/** Counts under a filter, and under the same filter in the earlier period if it compares. */
export type Compared<Answer> = {
  readonly compiled: CompiledFilter;
  readonly current: Answer;
  readonly previous: Answer | null;
  readonly period: DateRange | null;
};

/** Fewer incidents than this are counted at once, in about a millisecond: handing them to threads would take as long. */
const fewIncidents = 300_000;
const countPartTask = task<typeof countPart>(
  new URL('../count/count-incidents.ts', import.meta.url),
  'countPart',
  'quick',
);

/** Counts what matches in every respect, or gives the answer found before; identical requests at once are counted once. */
export function countFilter(holdings: Holdings, filter: Filter): Promise<Compared<Counts>> {
  return compared(holdings, filter, (plain) =>
    remember(holdings, allKey(plain), () => countAll(holdings, plain), countsBytes),
  );
}

/** Counts what matches by place only, which takes half the time: enough for cells, areas and tiles. */
export function countPlaces(holdings: Holdings, filter: Filter): Promise<Compared<PlaceCounts>> {
  return compared(holdings, filter, (plain) => {
    const known = remembered<Counts>(holdings, allKey(plain));
    return known ?? remember(holdings, `places ${filterKey(plain)}`, () => countByPlace(holdings, plain), countsBytes);
  });
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
  const period = comparePeriod(filter, dateExtent(holdings) ?? { from: '1970-01-01', to: '1970-01-01' });
  const [current, previous] = await Promise.all([count(plain), period && count({ ...plain, ...period })]);
  return { compiled: compileFilter(holdings.columns, plain), current, previous, period };
}

const allKey = (filter: Filter) => `all ${filterKey(filter)}`;

async function countAll({ columns }: Holdings, filter: Filter): Promise<Counts> {
  const compiled = compileFilter(columns, filter);
  if (incidentCount(columns) < fewIncidents) return countIncidents(columns, compiled);
  const { parts, byRun } = await countParts(columns, compiled, true);
  const byCode = sumArrays(parts.map((part) => part.byCode!));
  const byDay = sumArrays(parts.map((part) => part.byDay!));
  return { ...placeCounts(totalOf(parts), byRun), byCode, byDay };
}

async function countByPlace({ columns }: Holdings, filter: Filter): Promise<PlaceCounts> {
  const compiled = compileFilter(columns, filter);
  if (incidentCount(columns) < fewIncidents) return countIncidents(columns, compiled);
  const { parts, byRun } = await countParts(columns, compiled, false);
  return placeCounts(totalOf(parts), byRun);
}

/** One pass, its parts counted by all threads at once into one array. */
async function countParts(columns: CountedColumns, compiled: CompiledFilter, tallies: boolean) {
  const { placeStart, codes, days, firstDay, lastDay, codeSlot } = columns;
  const counted: CountedColumns = { placeStart, codes, days, firstDay, lastDay, codeSlot };
  const byRun = shared(Uint32Array, placeStart.length - 1);
  const parts = await Promise.all(
    splitRuns(placeStart, quickThreads).map((part) =>
      inThread(countPartTask, counted, compiled, { ...part, tallies }, byRun),
    ),
  );
  return { parts, byRun };
}

function totalOf(parts: readonly PartCounts[]): number {
  return parts.reduce((sum, { total }) => sum + total, 0);
}

function sumArrays(arrays: readonly Uint32Array[]): Uint32Array {
  const sum = arrays[0]!.slice();
  for (const array of arrays.slice(1)) for (let at = 0; at < sum.length; at++) sum[at]! += array[at]!;
  return sum;
}

function countsBytes(counts: PlaceCounts & Partial<Counts>): number {
  return counts.byPlace.byteLength + (counts.byCode?.byteLength ?? 0) + (counts.byDay?.byteLength ?? 0);
}
