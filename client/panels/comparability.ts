import type { Catalog, Filter, Summary } from '../../server/model.ts';
import { formatDay, formatDays, formatMonth } from '../format.ts';
import { monthsBetween } from '../periods.ts';

export type Comparability =
  | { readonly kind: 'off' }
  | { readonly kind: 'impossible'; readonly reason: string }
  | { readonly kind: 'possible'; readonly period: string };

/**
 * Whether the earlier count may be set beside the present one: only when data are held for the whole of both
 * periods. A gap read as a zero would make a rise out of nothing.
 */
export function comparability(summary: Summary, filter: Filter, catalog: Catalog): Comparability {
  if (!filter.compare) return { kind: 'off' };
  if (!catalog.extent) return { kind: 'impossible', reason: 'No data are held.' };
  if (!summary.compare || summary.previous === null)
    return { kind: 'impossible', reason: 'Choose dates to compare them with an earlier period.' };
  const earlier = summary.compare;
  if (earlier.from < catalog.extent.from)
    return {
      kind: 'impossible',
      reason: `No comparison with ${formatDays(earlier.from, earlier.to)}: the data start on ${formatDay(catalog.extent.from)}.`,
    };
  const now = { from: filter.from ?? catalog.extent.from, to: filter.to ?? catalog.extent.to };
  const gap = firstGap(catalog, earlier) ?? firstGap(catalog, now);
  if (gap) return { kind: 'impossible', reason: `No comparison: no data are held for ${formatMonth(gap)}.` };
  return { kind: 'possible', period: formatDays(earlier.from, earlier.to) };
}

function firstGap(catalog: Catalog, { from, to }: { from: string; to: string }): string | undefined {
  return monthsBetween(from.slice(0, 7), to.slice(0, 7)).find((month) => !catalog.months.includes(month));
}
