import type { Precision } from '../model.ts';
import { isRealDay } from '../model.ts';
import { localTime } from './local-time.ts';

/** A time as far as it is known: the first and the last second it can mean, in local civil time. */
export type CivilTime = { readonly start: string; readonly end: string; readonly precision: Precision };

const clock = '(?<hour>\\d{1,2}):(?<minute>\\d{2})';
const second = ':(?<second>\\d{2})(?:[.,]\\d+)?';
const offset = '(?: ?(?<offset>Z|[+-]\\d{2}(?::?\\d{2})?))?';
const isoDay = '(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})';
const britishDay = '(?<day>\\d{1,2})/(?<month>\\d{1,2})/(?<year>\\d{4})';
const americanDay = '(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4})';
const namedDay = '(?<day>\\d{1,2})(?:st|nd|rd|th)?[ -](?<month>[a-z]{3,9})[ -](?<year>\\d{4})';

/** The forms of date and time a profile can name; a `T` may also be a space. */
const formats = {
  'YYYY-MM': /^(?<year>\d{4})-(?<month>\d{2})$/,
  'YYYY-MM-DD': new RegExp(`^${isoDay}$`),
  'YYYY-MM-DDTHH': new RegExp(`^${isoDay}[T ](?<hour>\\d{2})$`, 'i'),
  'YYYY-MM-DDTHH:MM': new RegExp(`^${isoDay}[T ]${clock}${offset}$`, 'i'),
  'YYYY-MM-DDTHH:MM:SS': new RegExp(`^${isoDay}[T ]${clock}${second}${offset}$`, 'i'),
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  ...withClock('DD/MM/YYYY', britishDay),
  ...withClock('DD-MM-YYYY', britishDay.replaceAll('/', '-')),
  ...withClock('DD.MM.YYYY', britishDay.replaceAll('/', '\\.')),
  ...withClock('DD MMM YYYY', namedDay),
  ...withClock('MM/DD/YYYY', americanDay),
  'MM/DD/YYYY HH': new RegExp(`^${americanDay} (?<hour>\\d{1,2})$`),
} as const;

/** A form of a day alone, with hours and minutes, and with seconds. */
function withClock<D extends string>(name: D, day: string) {
  return {
    [name]: new RegExp(`^${day}$`, 'i'),
    [`${name} HH:MM`]: new RegExp(`^${day} ${clock}$`, 'i'),
    [`${name} HH:MM:SS`]: new RegExp(`^${day} ${clock}${second}$`, 'i'),
  } as Readonly<Record<D | `${D} HH:MM` | `${D} HH:MM:SS`, RegExp>>;
}

export type TimeFormat = keyof typeof formats;
export const timeFormatNames = Object.keys(formats) as [TimeFormat, ...TimeFormat[]];

/** Earlier years are slips of the keyboard, or a spreadsheet's zero date of 1900. */
const earliestYear = 1901;

export type TimeOptions = { readonly formats: readonly TimeFormat[]; readonly timeZone: string };

/** Reads a time in one of the given formats; the answer is a sentence when it is not one. */
export function parseTime(text: string, options: TimeOptions): CivilTime | string {
  for (const format of options.formats) {
    const parts = formats[format].exec(text)?.groups;
    if (parts) return checkTime(parts, options.timeZone, format);
  }
  return `this is not a date in a form known here; write it as ${options.formats.join(' or ')}`;
}

type Parts = Readonly<Record<string, string | undefined>>;

function checkTime(parts: Parts, timeZone: string, format: TimeFormat): CivilTime | string {
  const { year = '', minute, second } = parts;
  const month = monthNumber(parts.month ?? '');
  const hour = parts.hour?.padStart(2, '0');
  const day = parts.day?.padStart(2, '0');
  const yearMonth = `${year}-${month.padStart(2, '0')}`;
  if (Number(year) < earliestYear) return `the year ${year} is too early; check the date`;
  if (!(Number(month) >= 1 && Number(month) <= 12)) return `there is no month ${month}${orderHint(format)}`;
  if (day !== undefined && !isRealDay(`${yearMonth}-${day}`)) {
    return `there is no day ${day} in ${yearMonth}; correct the date`;
  }
  if (hour !== undefined && Number(hour) > 23) {
    return `there is no hour ${hour}; hours run from 00 to 23, and midnight is 00:00 of the next day`;
  }
  if (minute !== undefined && Number(minute) > 59) return `there is no minute ${minute}; correct the time`;
  if (second !== undefined && Number(second) > 59) return `there is no second ${second}; correct the time`;
  const time = civilTime(yearMonth, day, hour, minute, second);
  return parts.offset ? toLocal(time, parts.offset, timeZone) : time;
}

const monthNames = 'january february march april may june july august september october november december'.split(' ');

/** The number of a month written as a name or its beginning, of three letters or more; other text stays as it is. */
function monthNumber(text: string): string {
  const index = /^[a-z]/i.test(text) ? monthNames.findIndex((name) => name.startsWith(text.toLowerCase())) : -1;
  return index === -1 ? text : String(index + 1);
}

function orderHint(format: TimeFormat): string {
  if (format.includes('MMM')) return '; write the name of the month in English, as in 1 July 2014';
  if (format.startsWith('DD')) return `; dates are read day first, ${format.slice(0, 10)}; correct the date`;
  if (format.startsWith('MM/')) return '; dates are read month first, MM/DD/YYYY; correct the date';
  return '; correct the date';
}

function civilTime(month: string, day?: string, hour?: string, minute?: string, second?: string): CivilTime {
  if (day === undefined) {
    return { start: `${month}-01T00:00:00`, end: `${month}-${daysIn(month)}T23:59:59`, precision: 'month' };
  }
  if (hour === undefined) {
    return { start: `${month}-${day}T00:00:00`, end: `${month}-${day}T23:59:59`, precision: 'day' };
  }
  if (minute === undefined) {
    return { start: `${month}-${day}T${hour}:00:00`, end: `${month}-${day}T${hour}:59:59`, precision: 'hour' };
  }
  const time = `${month}-${day}T${hour}:${minute}:${second ?? '00'}`;
  return { start: time, end: time, precision: 'minute' };
}

function daysIn(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
}

/** A time that says how far it is from UTC is an instant: it is turned into the civil time of the place. */
function toLocal(time: CivilTime, offset: string, timeZone: string): CivilTime | string {
  const zone = offset.toUpperCase() === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3).replace(':', '') || '00'}`;
  const instant = Date.parse(`${time.start}${zone}`);
  if (Number.isNaN(instant)) return `there is no offset ${offset} from UTC; correct the time`;
  const local = localTime(instant, timeZone);
  return { start: local, end: local, precision: 'minute' };
}
