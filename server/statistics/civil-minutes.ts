import { InputError } from '../errors.ts';

const pattern = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;
const monday = Date.UTC(1970, 0, 5);

/**
 * Minutes from Monday 5 January 1970 00:00 to a civil time such as `2024-05-14T10:05`, as written, with no time zone:
 * the remainder by 10,080 is the minute of a week that starts on Monday. Seconds are cut off.
 *
 * Throws InputError on anything else, and on days that the calendar lacks.
 */
export function civilMinutes(text: string): number {
  const parts = pattern.exec(text)?.slice(1, 6).map(Number) as [number, number, number, number, number] | undefined;
  if (!parts) throw new InputError(`"${text}" is no civil time: give one such as 2024-05-14T10:05.`);
  const [year, month, day, hour, minute] = parts;
  const midnight = Date.UTC(year, month - 1, day);
  if (hour > 23 || minute > 59 || new Date(midnight).toISOString().slice(0, 10) !== text.slice(0, 10))
    throw new InputError(`"${text}" is not in the calendar or on the clock: check the day, the hour and the minute.`);
  return (midnight - monday) / 60_000 + hour * 60 + minute;
}
