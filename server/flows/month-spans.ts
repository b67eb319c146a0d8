import { addMonths, dayNumber, dayOf, monthOf, weekdayOf } from '../count/calendar.ts';
import { sumByDay } from '../count/sums.ts';
import { type DateRange, type Day, type Filter, weekdayNames } from '../model.ts';
import { dateExtent } from './count-filter.ts';
import { heldMonths } from './describe-catalog.ts';
import type { Holdings } from './load-holdings.ts';
import { monthsOf } from './study-notes.ts';

/** A month of a filter's range, as far as range and data cover it. */
export type MonthSpan = DateRange & {
  readonly month: string;
  /** Days covered, of the filter's weekdays if it names any. */
  readonly days: number;
  /** Whether the range or the data cover only part of the month. */
  readonly partial: boolean;
  /** Whether anything at all is held in the month, whatever the filter; else it is a gap, not a zero. */
  readonly held: boolean;
};

/** Under this many days nothing can be said of how often days are empty. */
const fewestDays = 28;
const heldRanges = new WeakMap<Holdings, DateRange>();

/** The months of the filter's range within the data, oldest first; none when they do not meet. */
export function monthSpans(holdings: Holdings, filter: Filter): MonthSpan[] {
  const range = heldRange(holdings);
  if (!range) return [];
  const from = later(filter.from ?? range.from, range.from);
  const to = earlier(filter.to ?? range.to, range.to);
  if (from > to) return [];
  const held = new Set(heldMonths(holdings));
  return monthsOf({ from, to }).map((month) => monthSpan(month, { from, to }, filter, held.has(month)));
}

/**
 * The days that the data cover: first to last day held, stretched to whole months unless the days without anything
 * there are more than ever lie between two days held, so that the data must have been cut.
 */
function heldRange(holdings: Holdings): DateRange | null {
  const known = heldRanges.get(holdings);
  if (known) return known;
  const extent = dateExtent(holdings);
  if (!extent) return null;
  const [first, last] = [dayNumber(extent.from), dayNumber(extent.to)];
  const longest = last - first < fewestDays ? Number.POSITIVE_INFINITY : longestSilence(holdings);
  const whole = { from: `${extent.from.slice(0, 7)}-01`, to: lastDayOf(extent.to.slice(0, 7)) };
  const range = {
    from: first - dayNumber(whole.from) > longest ? extent.from : whole.from,
    to: dayNumber(whole.to) - last > longest ? extent.to : whole.to,
  };
  heldRanges.set(holdings, range);
  return range;
}

/** The most days in a row without any incident between two with some, those of months that are gaps not counted. */
function longestSilence(holdings: Holdings): number {
  const { columns, everything } = holdings;
  const held = new Set(heldMonths(holdings));
  let longest = 0;
  let silence = 0;
  sumByDay(everything).forEach((count, day) => {
    if (count > 0) silence = 0;
    else if (held.has(monthOf(columns.firstDay + day))) silence++;
    longest = Math.max(longest, silence);
  });
  return longest;
}

function monthSpan(month: string, range: DateRange, filter: Filter, held: boolean): MonthSpan {
  const whole = { from: `${month}-01`, to: lastDayOf(month) };
  const from = later(whole.from, range.from);
  const to = earlier(whole.to, range.to);
  const partial = from !== whole.from || to !== whole.to;
  return { month, from, to, days: countDays({ from, to }, filter.weekdays), partial, held };
}

function later(one: Day, other: Day): Day {
  return [one, other].sort()[1]!;
}

function earlier(one: Day, other: Day): Day {
  return [one, other].sort()[0]!;
}

/** Days of a range, or those of some weekdays among them. */
export function countDays({ from, to }: DateRange, weekdays: Filter['weekdays']): number {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  if (!weekdays) return last - first + 1;
  let count = 0;
  for (let day = first; day <= last; day++) if (weekdays.includes(weekdayNames[weekdayOf(day)]!)) count++;
  return count;
}

/** The last day of a month. */
export function lastDayOf(month: string): string {
  return dayOf(dayNumber(addMonths(`${month}-01`, 1)) - 1);
}

/** Months in which nothing is held, in a sentence; none when there are none. */
export function gapNotes(spans: readonly MonthSpan[]): string[] {
  const gaps = spans.filter(({ held }) => !held).map(({ month }) => month);
  if (gaps.length === 0) return [];
  const named = gaps.length > 4 ? `${gaps.length} months, the first ${gaps[0]}` : gaps.join(', ');
  return [`No data are held for ${named}: these are gaps, not zeros.`];
}

/** Where sources begin or end within the months: what looks like a fall may be a feed that stopped. */
export function sourceSpanNotes({ sources }: Holdings, spans: readonly MonthSpan[]): string[] {
  const [first, last] = [spans[0]?.month, spans.at(-1)?.month];
  if (first === undefined || last === undefined || sources.length < 2) return [];
  return sources.flatMap(({ name, from, to }) => {
    if (from === null || to === null) return [];
    const [begins, ends] = [from.slice(0, 7) > first, to.slice(0, 7) < last];
    if (!begins && !ends) return [];
    const span = begins && ends ? `only from ${from} to ${to}` : begins ? `only from ${from}` : `only up to ${to}`;
    return [
      `The source ${name} holds incidents ${span}: other months may be gaps in it, though they count as zeros here.`,
    ];
  });
}
