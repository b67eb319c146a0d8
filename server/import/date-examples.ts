import { type Columns, type Text, textOf } from './match-columns.ts';
import { type CivilTime, parseTime } from './parse-time.ts';
import type { Profile } from './profile.ts';
import { isMidnight } from './read-occurrence.ts';
import type { Row } from './rows.ts';

/** A date as the file has it, and what it is read as: "03/04/2023" is 3 April 2023. */
export type DateExample = {
  readonly column: string;
  readonly text: string;
  readonly meaning: string;
  readonly understood: boolean;
};

/** Forms of writing shown for a column. */
const mostForms = 4;

/** Worked examples of the dates in some rows, one for each form they are written in. */
export function dateExamples(
  rows: readonly Row[],
  columns: Columns,
  profile: Profile,
  midnightIsDay: boolean,
): DateExample[] {
  const options = { formats: profile.time.formats, timeZone: profile.timeZone };
  return [columns.from, columns.to].flatMap((column) =>
    column === null ? [] : pickTexts(rows, column, columns.width).map((text) => explain(text, column)),
  );

  function explain(text: string, { name }: Text): DateExample {
    const time = parseTime(text, options);
    if (typeof time === 'string') return { column: name, text, meaning: time, understood: false };
    return { column: name, text, meaning: timeInWords(time, midnightIsDay), understood: true };
  }
}

/** One text of each form, if there is one such as 03/04/2023, which two orders of day and month would read differently. */
function pickTexts(rows: readonly Row[], column: Text, width: number): string[] {
  const forms = new Map<string, string>();
  for (const { fields } of rows) {
    if (fields.length < width) continue;
    const text = textOf(fields, column);
    if (text === '') continue;
    const form = text.replaceAll(/\d+/g, '9').replaceAll(/\p{L}+/gu, 'a');
    const known = forms.get(form);
    if (known === undefined ? forms.size < mostForms : isTelling(text) && !isTelling(known)) forms.set(form, text);
  }
  return [...forms.values()];
}

function isTelling(text: string): boolean {
  const [first = 0, second = 0] = (text.match(/\d+/g) ?? []).map(Number);
  return first !== second && first <= 12 && second <= 12;
}

const dayWriter = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthWriter = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A time as far as it is known, as people say it. */
function timeInWords(time: CivilTime, midnightIsDay: boolean): string {
  const day = new Date(`${time.start.slice(0, 10)}T00:00:00Z`);
  if (time.precision === 'month') return monthWriter.format(day);
  const words = dayWriter.format(day);
  if (time.precision === 'day' || (midnightIsDay && isMidnight(time))) return words;
  const clock = time.start.endsWith(':00') ? time.start.slice(11, 16) : time.start.slice(11);
  return time.precision === 'hour' ? `${words}, from ${clock} to ${time.end.slice(11, 16)}` : `${words} at ${clock}`;
}
