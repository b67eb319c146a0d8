import type { Precision } from '../model.ts';
import { cached } from './cached.ts';
import { type Column, type Columns, cellOf } from './match-columns.ts';
import { type CivilTime, parseTime } from './parse-time.ts';
import type { Profile } from './profile.ts';
import type { Problem } from './reject.ts';

/** When an incident happened: at a time, or between two. */
export type Occurrence = { readonly from: string; readonly to: string | null; readonly precision: Precision };

/** Days are counted from here on. */
const earliest = '1970-01-01';

/** Makes the reader of when an incident happened: from the start of one time to the end of the other. */
export function createOccurrenceReader(
  columns: Columns,
  profile: Profile,
  now: string,
): (fields: readonly string[]) => Occurrence | Problem {
  const options = { formats: profile.time.formats, timeZone: profile.timeZone };
  const parse = cached((text) => parseTime(text, options));

  function read(column: Column, text: string): CivilTime | Problem {
    const time = text === '' ? 'the date is missing; fill it in' : parse(text);
    if (typeof time === 'string') return { column: column.name, value: text, reason: time };
    if (time.start < earliest) {
      return { column: column.name, value: text, reason: 'the date is before 1970; correct the year' };
    }
    if (time.start <= now) return time;
    return { column: column.name, value: text, reason: 'the date is in the future; correct it' };
  }

  return (fields) => {
    const fromText = cellOf(fields, columns.from);
    const from = read(columns.from, fromText);
    if ('reason' in from) return from;
    const toText = columns.to ? cellOf(fields, columns.to) : '';
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

/** A range has hours when either end has: a day without an hour is then the whole of that day. */
function joinPrecision(from: CivilTime, to: CivilTime): Precision {
  if (from.precision === 'month') return 'month';
  if (from.precision === 'minute' || to.precision === 'minute') return 'minute';
  return from.precision === 'hour' || to.precision === 'hour' ? 'hour' : from.precision;
}
