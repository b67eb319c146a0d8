/** Days as small numbers: columns hold days since 1970-01-01, which civil time needs no time zone for. */
import type { Day, Month } from '../model.ts';

/** Of no month are there more days. */
export const mostDaysInMonth = 31;

const millisecondsPerDay = 86_400_000;

/** Days since 1970-01-01 of a civil day. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay;
}

/** The civil day of a day number. */
export function dayOf(number: number): Day {
  return new Date(number * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The month of a day number. */
export function monthOf(number: number): Month {
  return dayOf(number).slice(0, 7);
}

/** Monday is 0; 1970-01-01 was a Thursday. */
export function weekdayOf(number: number): number {
  return (number + 3) % 7;
}

/** Adds calendar months to a day; the 31st becomes the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Whether a range of days is made of whole calendar months. */
export function isWholeMonths(from: Day, to: Day): boolean {
  return from.endsWith('-01') && dayOf(dayNumber(to) + 1).endsWith('-01');
}
