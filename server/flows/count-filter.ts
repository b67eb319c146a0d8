import { dayOf } from '../count/calendar.ts';
import { incidentCount } from '../count/columns.ts';
import { comparePeriod } from '../count/compare-period.ts';
import { type CompiledFilter, compileFilter } from '../count/compile-filter.ts';
import { type Counts, countIncidents } from '../count/count-incidents.ts';
import { filterKey } from '../count/parse-filter.ts';
import type { DateRange, Filter } from '../model.ts';
import type { Holdings } from './load-holdings.ts';

/** Counts under a filter, and under the same filter in the earlier period if it compares. */
export type ComparedCounts = {
  readonly compiled: CompiledFilter;
  readonly current: Counts;
  readonly previous: Counts | null;
  readonly period: DateRange | null;
};

/** Counts what matches, or gives the answer found before; identical requests at once are counted once. */
export async function countFilter(holdings: Holdings, filter: Filter): Promise<ComparedCounts> {
  const { compare: _, ...plain } = filter;
  const period = comparePeriod(filter, dateExtent(holdings) ?? { from: '1970-01-01', to: '1970-01-01' });
  const current = await counted(holdings, plain);
  const previous = period && (await counted(holdings, { ...plain, ...period }));
  return { compiled: compileFilter(holdings.columns, plain), current, previous, period };
}

/** First and last day on which anything is held. */
export function dateExtent({ columns }: Holdings): DateRange | null {
  return incidentCount(columns) === 0 ? null : { from: dayOf(columns.firstDay), to: dayOf(columns.lastDay) };
}

function counted(holdings: Holdings, filter: Filter): Promise<Counts> {
  const key = filterKey(filter);
  const known = holdings.counts.get(key);
  if (known) return known;
  const counts = Promise.resolve(countIncidents(holdings.columns, compileFilter(holdings.columns, filter)));
  holdings.counts.set(key, counts);
  return counts;
}
