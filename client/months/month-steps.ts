import type { DateRange, Filter } from '../../server/model.ts';
import { lastDayOf } from '../format.ts';
import { type CountClass, classBreaks, classOf } from '../map/class-breaks.ts';
import { monthsBetween, within } from '../periods.ts';

/** The months to play: those of the dates chosen, or all that are held where they are less than two. */
export function monthsToPlay({ from, to }: Filter, extent: DateRange): string[] {
  const chosen = within(extent, { from: from ?? extent.from, to: to ?? extent.to });
  const months = monthsBetween(chosen.from.slice(0, 7), chosen.to.slice(0, 7));
  return months.length > 1 ? months : monthsBetween(extent.from.slice(0, 7), extent.to.slice(0, 7));
}

/** The filter of one month, within the days held. */
export function filterOfMonth(filter: Filter, month: string, extent: DateRange): Filter {
  return { ...filter, ...within(extent, { from: `${month}-01`, to: lastDayOf(month) }) };
}

/** One set of classes for all months, so that a colour means the same in each. */
export function commonClasses(months: readonly Iterable<number>[]): CountClass[] {
  return classBreaks(chain(months));
}

/** The same classes with the number of these counts that are in each. */
export function classesOf(classes: readonly CountClass[], counts: Iterable<number>): CountClass[] {
  const sizes = classes.map(() => 0);
  for (const count of counts) {
    const index = classOf(classes, count);
    if (index >= 0) sizes[index] = (sizes[index] as number) + 1;
  }
  return classes.map((one, index) => ({ ...one, size: sizes[index] as number }));
}

/** When the next month is due: in step with the clock, but never two at once to make up for a pause. */
export function nextDue(due: number, now: number, interval: number): number {
  return Math.max(due + interval, now);
}

/** Does work for each item, a few at a time, in order; the results come in the order of the items. */
export async function fewAtATime<T, R>(items: readonly T[], few: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: few }, worker));
  return results;
}

function* chain(lists: readonly Iterable<number>[]): Iterable<number> {
  for (const list of lists) yield* list;
}
