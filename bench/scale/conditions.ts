import { dayNumber } from '../../server/count/calendar.ts';
import { type Filter, weekdayNames } from '../../server/model.ts';

/** The small numbers by which rows name categories and wards. */
export type Numbers = {
  /** Category numbers by code. */
  readonly categories: ReadonlyMap<string, number>;
  /** Ward numbers by code; 0 is no ward. */
  readonly wards: ReadonlyMap<string, number>;
};

/** A filter as the condition of a query on rows; hours of the week as ranges, which both databases test fastest. */
export function conditionOf(filter: Filter, numbers: Numbers): string {
  const parts = [
    filter.areas && `ward in (${filter.areas.map(({ code }) => numbers.wards.get(code))})`,
    filter.categories && `category in (${filter.categories.map((code) => numbers.categories.get(code))})`,
    dayCondition(filter),
    hourCondition(filter),
  ];
  return parts.filter(Boolean).join(' and ') || 'true';
}

/** The hours of the week (0 to 167, Monday 00:00 first) that pass. */
export function hoursOfWeek({ weekdays, hours }: Filter): number[] {
  const days: readonly string[] = weekdays ?? weekdayNames;
  return Array.from({ length: 168 }, (_, slot) => slot).filter(
    (slot) => days.includes(weekdayNames[Math.floor(slot / 24)]!) && (hours?.includes(slot % 24) ?? true),
  );
}

function dayCondition({ from, to }: Filter): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  return `day between ${dayNumber(from)} and ${dayNumber(to)}`;
}

function hourCondition(filter: Filter): string | undefined {
  if (!filter.hours && !filter.weekdays) return undefined;
  const [column, values] = filter.weekdays
    ? ['hour_of_week', hoursOfWeek(filter)]
    : ['hour_of_week % 24', filter.hours ?? []];
  return `(${rangesOf(values)
    .map(([first, last]) => `${column} between ${first} and ${last}`)
    .join(' or ')})`;
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
