import { timeFormatNames } from '../parse-time.ts';
import { type ColumnFacts, hasAny, hasPhrase, percent, type Table } from './column-facts.ts';
import { type DateForms, findDateForms, orderInWords } from './find-date-forms.ts';

/** Columns that, joined by a space, say when something happened, and the forms they are written in. */
export type TimeColumns = {
  readonly columns: readonly ColumnFacts[];
  readonly formats: DateForms['formats'];
  readonly order: DateForms['order'];
  readonly because: string;
  readonly score: number;
};

/** When incidents happened: at a time, or between two. */
export type Times = {
  readonly from: TimeColumns | null;
  readonly to: TimeColumns | null;
  readonly dates: readonly ColumnFacts[];
};

/** A column is a time of day when at least this share of its values reads as one. */
const enough = 0.9;
const clockText = /^([01]?\d|2[0-3])(:[0-5]\d){1,2}([.,]\d+)?$/;
const hourText = /^([01]?\d|2[0-3])$/;

/** Finds the columns of the time: alone, as a date with a clock time or an hour, or as day, month and year. */
export function findTimes(table: Table): Times {
  const found = [...dateColumns(table), ...daysMonthsYears(table)];
  const froms = found.filter(({ columns }) => !isEnd(columns[0]!)).sort((a, b) => b.score - a.score);
  const from = froms[0] ?? found[0] ?? null;
  const to = found.find(({ columns }) => isEnd(columns[0]!) && columns[0] !== from?.columns[0]) ?? null;
  const range = from && to && canBegin(from.columns[0]!) ? agree(from, to) : null;
  return { from: range?.from ?? from, to: range?.to ?? null, dates: found.flatMap(({ columns }) => columns) };
}

/** Both ends are read in one order of day and month, which either may tell; null when they tell different ones. */
function agree(from: TimeColumns, to: TimeColumns): Pick<Times, 'from' | 'to'> | null {
  const monthFirst = [from.order, to.order].includes('month first');
  if (!monthFirst) return { from, to };
  if ([from.order, to.order].includes('day first')) return null;
  return { from: { ...from, ...readMonthFirst(from) }, to: { ...to, ...readMonthFirst(to) } };
}

/** The same forms with the month first, for dates that could be read either way. */
function readMonthFirst({ order, formats, because }: TimeColumns): Pick<TimeColumns, 'formats' | 'because'> {
  if (order !== 'either') return { formats, because };
  const swapped = formats.map((format) => format.replace(/^DD\/MM/, 'MM/DD'));
  const usable = timeFormatNames.filter((format) => swapped.includes(format));
  return {
    formats: usable,
    because: `${because.split('; ')[0]}; the month comes first, as the other end of the time shows`,
  };
}

const endWords = ['to', 'end', 'ended', 'latest', 'until', 'last', 'before', 'finish', 'end date', 'date to'];
const startWords = ['from', 'start', 'started', 'begin', 'began', 'earliest', 'first', 'after', 'commenced'];
const happenedWords = [
  'occurred',
  'occurrence',
  'occured',
  'committed',
  'happened',
  'incident',
  'offence',
  'offense',
  'event',
];
const recordedWords = [
  'reported',
  'report',
  'recorded',
  'record',
  'created',
  'entered',
  'logged',
  'received',
  'input',
  'crimed',
  'added',
];
const otherWords = [
  'birth',
  'born',
  'dob',
  'updated',
  'modified',
  'closed',
  'resolved',
  'outcome',
  'review',
  'due',
  'arrest',
  'expiry',
  'arrival',
  'arrived',
  'attendance',
  'mobilised',
  'clear',
  'cleared',
  'extract',
  'export',
  'printed',
  'upload',
];

function isEnd({ words }: ColumnFacts): boolean {
  return hasAny(words, endWords) && !hasAny(words, startWords);
}

/** "Date" beside "date_end" is no start, unless nothing better is there: the end would be of something else. */
function canBegin({ words }: ColumnFacts): boolean {
  return hasAny(words, startWords) || hasAny(words, happenedWords) || /^(date|time|datetime|date time)$/.test(words);
}

function dateColumns(table: Table): TimeColumns[] {
  return table.columns.flatMap((column) => {
    // eight digits are a date only where the name says so: identifiers have that form too
    if (!mayBeDate(column)) return [];
    const reading = findDateForms([...column.texts]);
    if (!reading) return [];
    const alone = describe([column], reading, nameScore(column));
    return [withClock(table, column, alone) ?? alone];
  });
}

function mayBeDate({ words, texts, filled }: ColumnFacts): boolean {
  if (filled === 0) return false;
  const [first = ''] = texts.keys();
  const named = hasAny(words, [
    'date',
    'time',
    'month',
    'day',
    'when',
    'datetime',
    ...happenedWords,
    ...startWords,
    ...endWords,
  ]);
  return /\d/.test(first) && (named || !/^\d+$/.test(first));
}

function nameScore({ words }: ColumnFacts): number {
  if (hasAny(words, otherWords)) return 0.1;
  const recorded = hasAny(words, recordedWords) ? -0.5 : 0;
  const happened = hasAny(words, happenedWords) ? 0.4 : 0;
  const start = hasAny(words, startWords) ? 0.3 : 0;
  const plain = hasAny(words, ['date', 'datetime', 'month', 'day']) ? 0.2 : hasPhrase(words, 'time') ? 0.15 : 0;
  return 0.6 + happened + start + plain + recorded;
}

function describe(columns: readonly ColumnFacts[], reading: DateForms, score: number): TimeColumns {
  const { formats, share, order, example } = reading;
  const names = columns.map(({ name }) => name);
  const [who, whose] = columns.length > 1 ? [`${names.join(', ')} together: `, 'their'] : ['', 'its'];
  const because = `${who}${percent(share)} of ${whose} values read as ${formats.join(' or ')}, such as “${example}”${orderInWords[order]}`;
  return { columns, formats, order, because, score };
}

/** A date without a time of day, with the column that has it: the one whose name resembles it most. */
function withClock(table: Table, date: ColumnFacts, { formats, score }: TimeColumns): TimeColumns | null {
  if (formats.some((format) => format.includes('HH') || format === 'YYYY-MM')) return null;
  const clocks = table.columns.filter((column) => column !== date && isClock(column) && sameSide(date, column));
  const ranked = clocks.sort((a, b) => clockScore(date, b) - clockScore(date, a));
  for (const clock of ranked) {
    const reading = findDateForms(joinedTexts(table, [date, clock]));
    if (reading) return describe([date, clock], reading, score + 0.1);
  }
  return null;
}

function isClock(column: ColumnFacts): boolean {
  if (column.filled === 0 || !hasAny(column.words, ['time', 'hour', 'hours', 'clock', 'at'])) return false;
  const texts = [...column.texts.keys()].slice(0, 100);
  const form = hasAny(column.words, ['hour', 'hours'])
    ? (text: string) => hourText.test(text) || clockText.test(text)
    : (text: string) => clockText.test(text);
  return texts.filter(form).length >= texts.length * enough;
}

/** A start's date does not go with an end's time, nor an occurrence's with a report's. */
function sameSide(date: ColumnFacts, clock: ColumnFacts): boolean {
  const differs = (words: readonly string[]) =>
    hasAny(date.words, words) !== hasAny(clock.words, words) && hasAny(clock.words, words);
  return !differs(endWords) && !differs(recordedWords) && !differs(otherWords);
}

function clockScore(date: ColumnFacts, clock: ColumnFacts): number {
  const mine = new Set(date.words.split(' '));
  const shared = clock.words.split(' ').filter((word) => mine.has(word)).length;
  const exact = hasAny(clock.words, ['hour', 'hours']) ? 0 : 2;
  return shared + exact - Math.abs(date.index - clock.index) / 100;
}

/** Day, month and year in columns of their own, with the time of day if there is one. */
function daysMonthsYears(table: Table): TimeColumns[] {
  const named = (name: string) => table.columns.find(({ words }) => words === name || words.endsWith(` ${name}`));
  const [day, month, year] = [named('day'), named('month'), named('year')];
  if (!day || !month || !year) return [];
  const clocks = table.columns.filter(isClock).sort((a, b) => clockScore(day, b) - clockScore(day, a));
  for (const columns of [...clocks.map((clock) => [day, month, year, clock]), [day, month, year]]) {
    const reading = findDateForms(joinedTexts(table, columns));
    if (reading) return [describe(columns, reading, 0.8)];
  }
  return [];
}

function joinedTexts({ rows }: Table, columns: readonly ColumnFacts[]): [string, number][] {
  const texts = new Map<string, number>();
  for (const row of rows) {
    const parts = columns.map(({ index }) => (row[index] ?? '').trim());
    if (parts.some((part) => part === '')) continue;
    const text = parts.join(' ');
    texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  return [...texts];
}
