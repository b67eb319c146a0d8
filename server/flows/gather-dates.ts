import { detach } from '../import/create-tally.ts';
import type { ParsedIncident } from '../import/parse-incidents.ts';
import type { Profile } from '../import/profile.ts';
import type { Reject } from '../import/reject.ts';
import type { Trial } from '../import-model.ts';

type DateExample = Trial['dates'][number];

const mostUnderstood = 5;
const mostWrong = 3;

/** Picks worked examples of how times are read: different ways of writing them, and what could not be read. */
export function gatherDates({ time }: Profile) {
  const understood = new Map<string, DateExample>();
  const wrong = new Map<string, DateExample>();
  const [from, to] = [[time.from].flat(), [time.to ?? []].flat()];
  const columns = new Set([...from, ...to].map((name) => name.toLowerCase()));

  function note(column: string, text: string, meaning: () => string): void {
    const shape = `${column}\n${shapeOf(text)}`;
    if (text === '' || understood.size >= mostUnderstood || understood.has(shape)) return;
    understood.set(shape, { column, text: detach(text), meaning: meaning(), understood: true });
  }

  return {
    add(fromText: string, toText: string, incident: ParsedIncident): void {
      if (understood.size >= mostUnderstood) return;
      const { occurredFrom, occurredTo, precision } = incident;
      note(from.join(' '), fromText, () =>
        timeInWords(occurredFrom, toText === '' ? precision : endPrecision(fromText)),
      );
      if (occurredTo !== null)
        note(to.join(' '), toText, () => `until ${timeInWords(occurredTo, endPrecision(toText))}`);
    },
    addProblem({ column, value, reason }: Reject): void {
      if (wrong.size >= mostWrong || !columns.has(column.toLowerCase()) || wrong.has(reason)) return;
      wrong.set(reason, {
        column: detach(column),
        text: detach(value.slice(0, 120)),
        meaning: reason,
        understood: false,
      });
    },
    result: (): DateExample[] => [...understood.values(), ...wrong.values()],
  };
}

/** Of a range only the text tells how exact each end is. */
function endPrecision(text: string): ParsedIncident['precision'] {
  return text.includes(':') ? 'minute' : 'day';
}

/** Texts of one shape are read alike; whether the first number can only be a day makes a difference to a reader. */
function shapeOf(text: string): string {
  const first = /^\d+/.exec(text)?.[0] ?? '';
  const telling = first.length <= 2 && Number(first) > 12 ? 'day first' : '';
  return `${telling} ${text.replaceAll(/\d+/g, '9').replaceAll(/[a-z]+/gi, 'a')}`;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2023-04-03T14:05:00` as "3 April 2023, 14:05", as far as it is known. */
export function timeInWords(time: string, precision: ParsedIncident['precision']): string {
  const [year, month, day] = time.slice(0, 10).split('-') as [string, string, string];
  const name = `${months[Number(month) - 1]} ${year}`;
  if (precision === 'month') return `some time in ${name}`;
  const date = `${Number(day)} ${name}`;
  if (precision === 'day') return date;
  if (precision === 'hour') return `${date}, between ${time.slice(11, 13)}:00 and ${time.slice(11, 13)}:59`;
  return `${date}, ${time.slice(11, 16)}`;
}
