import type { DateRange, Filter } from '../model.ts';
import { addMonths, dayNumber, dayOf, isWholeMonths } from './calendar.ts';

/**
 * The period that `compare` asks for, given the filter's own (or, where it is open, the extent of the data).
 * Whole months are compared with whole months, so that data known only by month compare cleanly; other ranges with as
 * many days just before.
 */
export function comparePeriod(filter: Filter, extent: DateRange): DateRange | null {
  if (filter.compare === undefined) return null;
  if (typeof filter.compare === 'object') return filter.compare;
  // a range that is open towards what is held may lie beyond it: then it is the one day that was named
  const from = filter.from ?? [extent.from, filter.to ?? extent.to].sort()[0]!;
  const to = filter.to ?? [extent.to, from].sort()[1]!;
  if (isWholeMonths(from, to))
    return shiftMonths(from, to, filter.compare === 'previous-year' ? 12 : monthsIn(from, to));
  if (filter.compare === 'previous-year') return { from: addMonths(from, -12), to: addMonths(to, -12) };
  const days = dayNumber(to) - dayNumber(from) + 1;
  return { from: dayOf(dayNumber(from) - days), to: dayOf(dayNumber(to) - days) };
}

function monthsIn(from: string, to: string): number {
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(to) - months(from) + 1;
}

function shiftMonths(from: string, to: string, months: number): DateRange {
  const afterLast = dayOf(dayNumber(to) + 1);
  return { from: addMonths(from, -months), to: dayOf(dayNumber(addMonths(afterLast, -months)) - 1) };
}
