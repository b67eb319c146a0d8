import { parseTime, type TimeFormat, timeFormatNames } from '../parse-time.ts';

/** The forms in which dates are written, and whether their numbers tell the order of day and month. */
export type DateForms = {
  readonly formats: readonly TimeFormat[];
  /** The share of the texts that these read. */
  readonly share: number;
  /** `no question` where there is none: in forms that begin with the year, or name the month. */
  readonly order: 'day first' | 'month first' | 'either' | 'no question';
  readonly example: string;
};

/** What a person is told of the order. */
export const orderInWords: Readonly<Record<DateForms['order'], string>> = {
  'day first': '; the day comes first: some have a first number above 12',
  'month first': '; the month comes first: some have a second number above 12',
  either:
    '; whether day or month comes first cannot be told from them, so they are read as the British way has it, day first',
  'no question': '',
};

/** Texts with how often each occurs. */
type Counted = readonly (readonly [text: string, count: number])[];
type Reader = { readonly format: TimeFormat; readonly read: ReadonlySet<string> };

/** A column holds dates when at least this share of its values reads as one. */
const enough = 0.9;
const zone = 'Europe/London';

/** Finds the fewest forms that together read nearly all of the texts; null when they are no dates. */
export function findDateForms(texts: Counted): DateForms | null {
  // a column that is no date is seen by its first values: reading all of them in every form would take long
  const few = texts.slice(0, 40);
  if (few.filter(([text]) => timeFormatNames.some((format) => isRead(text, format))).length < few.length / 2)
    return null;
  const readers = timeFormatNames.map((format) => readerOf(format, texts)).filter(({ read }) => read.size > 0);
  const order = dayOrMonthFirst(readers, texts);
  const unfit = order === 'month first' ? 'DD/' : 'MM/';
  const usable = order === 'no question' ? readers : readers.filter(({ format }) => !format.startsWith(unfit));
  const { formats, left } = chooseFew(usable, texts);
  const share = 1 - sum(left) / sum(texts);
  return share >= enough ? { formats, share, order, example: texts[0]?.[0] ?? '' } : null;
}

function readerOf(format: TimeFormat, texts: Counted): Reader {
  return { format, read: new Set(texts.filter(([text]) => isRead(text, format)).map(([text]) => text)) };
}

function isRead(text: string, format: TimeFormat): boolean {
  return typeof parseTime(text, { formats: [format], timeZone: zone }) !== 'string';
}

/** 03/04/2023 is 3 April unless more of the texts can be read month first. */
function dayOrMonthFirst(readers: readonly Reader[], texts: Counted): DateForms['order'] {
  const startWith = (start: string) => readers.filter(({ format }) => format.startsWith(start));
  const count = (some: readonly Reader[]) => sum(texts.filter(([text]) => some.some(({ read }) => read.has(text))));
  const [days, months] = [count(startWith('DD/')), count(startWith('MM/'))];
  if (days === 0 && months === 0) return 'no question';
  if (months > days) return 'month first';
  return days > months ? 'day first' : 'either';
}

/** The form that reads most, then the one that reads most of what is left, and so on. */
function chooseFew(readers: readonly Reader[], texts: Counted): { formats: TimeFormat[]; left: Counted } {
  const formats: TimeFormat[] = [];
  let left = texts;
  for (;;) {
    const rated = readers.map(({ format, read }) => ({
      format,
      read,
      gain: sum(left.filter(([text]) => read.has(text))),
    }));
    const best = rated.sort((a, b) => b.gain - a.gain)[0];
    if (!best || best.gain === 0) return { formats, left };
    formats.push(best.format);
    left = left.filter(([text]) => !best.read.has(text));
  }
}

function sum(texts: Counted): number {
  return texts.reduce((total, [, count]) => total + count, 0);
}
