import { sumByCategory, sumByMonth, sumBySlot, withoutHour } from '../count/sums.ts';
import { weekHours } from '../count/week-hours.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { Filter, Summary } from '../model.ts';
import { tallyFilter } from './count-filter.ts';
import { heldMonths } from './describe-catalog.ts';
import type { Holdings } from './load-holdings.ts';

/** What matches, in figures: how many, what kinds, which months, which hours of the week. */
export async function summarise(holdings: Holdings, taxonomy: Taxonomy, filter: Filter): Promise<Summary> {
  const { compiled, current, previous, period } = await tallyFilter(holdings, filter);
  const { columns } = holdings;
  const before = previous && sumByCategory(columns, previous);
  const byCategory = sumByCategory(columns, current);
  const byMonth = sumByMonth(columns, current);
  return {
    version: columns.version,
    total: current.total,
    located: current.located,
    previous: previous?.total ?? null,
    change: previous && current.total - previous.total,
    percentChange: previous && percentChange(previous.total, current.total),
    compare: period,
    categories: [...new Set([...byCategory.keys(), ...(before?.keys() ?? [])])].sort().map((code) => ({
      code,
      name: taxonomy.nameOf(code) ?? code,
      count: byCategory.get(code) ?? 0,
      ...(before && { previous: before.get(code) ?? 0 }),
    })),
    months: heldMonths(holdings)
      .filter((month) => month >= (filter.from ?? '').slice(0, 7) && month <= (filter.to ?? '9999-12').slice(0, 7))
      .map((month) => ({ month, count: byMonth.get(month) ?? 0 })),
    weekHours: [...weekHours(columns, compiled, current)],
    withoutHour: withoutHour(sumBySlot(columns, current)),
  };
}

/** In percent; null when the earlier count is 0, of which nothing is a percentage. */
function percentChange(before: number, now: number): number | null {
  return before === 0 ? null : ((now - before) / before) * 100;
}
