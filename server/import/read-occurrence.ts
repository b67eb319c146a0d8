import type { Precision } from '../model.ts';
import { cached } from './cached.ts';
import { type Columns, type Text, textOf } from './match-columns.ts';
import { type CivilTime, parseTime } from './parse-time.ts';
import type { Profile } from './profile.ts';
import type { Problem } from './reject.ts';
import type { Row } from './rows.ts';

/** When an incident happened: at a time, or between two. */
export type Occurrence = { readonly from: string; readonly to: string | null; readonly precision: Precision };

/** Days are counted from here on. */
const earliest = '1970-01-01';

/** Fewer times than this may all be midnight by chance. */
const enoughTimes = 20;

/** Makes the reader of when an incident happened: from the start of one time to the end of the other. */
export function createOccurrenceReader(
  columns: Columns,
  profile: Profile,
  now: string,
  midnightIsDay: boolean,
): (fields: readonly string[]) => Occurrence | Problem {
  const options = { formats: profile.time.formats, timeZone: profile.timeZone };
  const parse = cached((text) => {
    const time = parseTime(text, options);
    return midnightIsDay && typeof time !== 'string' && isMidnight(time) ? wholeDay(time) : time;
  });

  function read(column: Text, text: string): CivilTime | Problem {
    const time = text === '' ? 'the date is missing; fill it in' : parse(text);
    if (typeof time === 'string') return { column: column.name, value: text, reason: time };
    if (time.start < earliest) {
      return { column: column.name, value: text, reason: 'the date is before 1970; correct the year' };
    }
    if (time.start <= now) return time;
    return { column: column.name, value: text, reason: 'the date is in the future; correct it' };
  }

  return (fields) => {
    const fromText = textOf(fields, columns.from);
    const from = read(columns.from, fromText);
    if ('reason' in from) return from;
    const toText = columns.to ? textOf(fields, columns.to) : '';
    if (!columns.to || toText === '') return { from: from.start, to: null, precision: from.precision };
    const to = read(columns.to, toText);
    if ('reason' in to) return to;
    // To the minute: one of the two often comes without seconds.
    if (to.end.slice(0, 16) < from.start.slice(0, 16)) {
      const reason = `this is before ${columns.from.name}, ${fromText}; exchange or correct them`;
      return { column: columns.to.name, value: toText, reason };
    }
    const end = [from.start, to.end].sort()[1] as string;
    return { from: from.start, to: end, precision: joinPrecision(from, to) };
  };
}

/**
 * Whether 00:00 in a file means the day and not the time. Systems that know only the day write midnight, sometimes in
 * UTC: then every row has it, and read as a time it would be a peak at midnight, or at 23:00 of the day before.
 */
export function meansWholeDay(start: readonly Row[], columns: Columns, profile: Profile): boolean {
  const { midnight, formats } = profile.time;
  if (midnight !== 'auto') return midnight === 'day';
  let midnights = 0;
  for (const { fields } of start) {
    if (fields.length < columns.width) continue;
    const time = parseTime(textOf(fields, columns.from), { formats, timeZone: profile.timeZone });
    if (typeof time === 'string' || !hasClock(time)) continue;
    if (!isMidnight(time)) return false;
    midnights++;
  }
  return midnights >= enoughTimes;
}

function hasClock({ precision }: CivilTime): boolean {
  return precision === 'minute' || precision === 'hour';
}

/** Whether a time with a clock in it is the first second of a day. */
export function isMidnight(time: CivilTime): boolean {
  return hasClock(time) && time.start.endsWith('T00:00:00');
}

function wholeDay({ start }: CivilTime): CivilTime {
  return { start, end: `${start.slice(0, 10)}T23:59:59`, precision: 'day' };
}

/** A range has hours when either end has: a day without an hour is then the whole of that day. */
function joinPrecision(from: CivilTime, to: CivilTime): Precision {
  if (from.precision === 'month') return 'month';
  if (from.precision === 'minute' || to.precision === 'minute') return 'minute';
  return from.precision === 'hour' || to.precision === 'hour' ? 'hour' : from.precision;
}
