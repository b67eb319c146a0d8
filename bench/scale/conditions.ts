import { dayNumber } from '../../server/count/calendar.ts';
import { type Filter, type Weekday, weekdayNames } from '../../server/model.ts';

/** The small numbers by which rows name categories and wards. */
export type Numbers = {
  /** Category numbers by code. */
  readonly categories: ReadonlyMap<string, number>;
  /** Ward numbers by code; 0 is no ward. */
  readonly wards: ReadonlyMap<string, number>;
};

/** A filter as the condition of a query on rows; `hour` is how the hour of day is to be had of a row. */
export function conditionOf(filter: Filter, numbers: Numbers, hour = 'hour_of_week % 24'): string {
  const { areas, categories, hours, weekdays } = filter;
  const parts = [
    areas && `ward in (${areas.map(({ code }) => numbers.wards.get(code))})`,
    categories && `category in (${categories.map((code) => numbers.categories.get(code))})`,
    dayCondition(filter),
    weekdays && weekdayCondition(weekdays),
    hours && inRanges(hour, rangesOf(hours)),
  ];
  return parts.filter(Boolean).join(' and ') || 'true';
}

function dayCondition({ from, to }: Filter): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  return `day between ${dayNumber(from)} and ${dayNumber(to)}`;
}

/** Days of the week as stretches of its hours, 0 to 167 from Monday 00:00 on. */
function weekdayCondition(weekdays: readonly Weekday[]): string {
  const days = rangesOf(weekdays.map((name) => weekdayNames.indexOf(name)));
  return inRanges(
    'hour_of_week',
    days.map(([first, last]) => [first * 24, last * 24 + 23]),
  );
}

function inRanges(column: string, ranges: readonly (readonly [number, number])[]): string {
  return `(${ranges.map(([first, last]) => `${column} between ${first} and ${last}`).join(' or ')})`;
}

/** Rising numbers as runs without a gap. */
function rangesOf(values: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const value of values) {
    const last = ranges.at(-1);
    if (last && last[1] === value - 1) last[1] = value;
    else ranges.push([value, value]);
  }
  return ranges;
}
