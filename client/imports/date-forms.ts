import { formatDay, formatMonth } from '../format.ts';

const days = ['DD/MM/YYYY', 'DD-MM-YYYY', 'DD.MM.YYYY', 'DD MMM YYYY', 'MM/DD/YYYY'] as const;

/** The forms of dates a profile can name, as the service knows them. */
export const dateForms: readonly string[] = [
  ...days.flatMap((day) => [day, `${day} HH:MM`, `${day} HH:MM:SS`]),
  'MM/DD/YYYY HH',
  'YYYY-MM-DD',
  'YYYY-MM-DDTHH',
  'YYYY-MM-DDTHH:MM',
  'YYYY-MM-DDTHH:MM:SS',
  'YYYYMMDD',
  'YYYY-MM',
];

const tokens: readonly (readonly [RegExp, string])[] = [
  [/^YYYY/, '(?<year>\\d{4})'],
  [/^YY/, '(?<short>\\d{2})'],
  [/^MMMM?/, '(?<name>[A-Za-z]{3,9})\\.?'],
  [/^(DD|D)/, '(?<day>\\d{1,2})'],
  [/^(HH|H)/, '(?<hour>\\d{1,2})'],
  [/^SS/, '(?<second>\\d{2})(?:[.,]\\d+)?'],
  [/^T/, '[T ]'],
  [/^ /, '(?:\\s+|-)'],
];
const monthsShort = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const offset = '(?: ?(?<offset>Z|[+-]\\d{2}(?::?\\d{2})?))?';

/**
 * How a text reads in a form such as `DD/MM/YYYY HH:MM`, in words: `3 April 2023 at 14:05`; null when it is not in that
 * form. Only an example for the eye: the service reads the file, and the trial shows what it made of it.
 */
export function readInForm(text: string, form: string, timeZone = 'Europe/London'): string | null {
  const parts = new RegExp(`^${pattern(form)}$`, 'i').exec(text.trim())?.groups;
  if (!parts) return null;
  const year = parts.year ?? (parts.short === undefined ? '' : `20${parts.short}`);
  const month = parts.name ? monthsShort.indexOf(parts.name.slice(0, 3).toLowerCase()) + 1 : Number(parts.month);
  if (!(month >= 1 && month <= 12) || year === '') return null;
  const yearMonth = `${year}-${String(month).padStart(2, '0')}`;
  if (parts.day === undefined) return formatMonth(yearMonth);
  if (Number(parts.day) < 1 || Number(parts.day) > daysIn(Number(year), month)) return null;
  const day = formatDay(`${yearMonth}-${parts.day}`);
  if (parts.hour === undefined || Number(parts.hour) > 23) return parts.hour === undefined ? day : null;
  const clock = `${parts.hour.padStart(2, '0')}:${parts.minute ?? '00'}`;
  if (parts.offset) return inZone(`${yearMonth}-${parts.day.padStart(2, '0')}T${clock}`, parts.offset, timeZone);
  return `${day} at ${clock}`;
}

/** A time that says how far it is from UTC, as the clocks of the place showed it. */
function inZone(time: string, offset: string, timeZone: string): string | null {
  const minutes = offset.slice(3).replace(':', '') || '00';
  const instant = new Date(`${time}:00${offset.toUpperCase() === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${minutes}`}`);
  if (Number.isNaN(instant.getTime())) return null;
  // Swedish writes 2023-06-01 00:00.
  const local = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(instant);
  const [day = '', clock = ''] = local.split(' ');
  return `${formatDay(day)} at ${clock}`;
}

/** The pattern of a form: its letters are parts of a date, all else stands for itself. */
function pattern(form: string): string {
  let rest = form;
  let made = '';
  let afterHour = false;
  while (rest !== '') {
    const minutes = /^MM/.test(rest) && afterHour;
    const month = /^M{1,2}(?!M)/.exec(rest);
    if (minutes || month) {
      made += minutes ? '(?<minute>\\d{2})' : '(?<month>\\d{1,2})';
      rest = rest.slice(minutes ? 2 : (month as RegExpExecArray)[0].length);
      continue;
    }
    const token = tokens.find(([start]) => start.test(rest));
    const length = token ? (token[0].exec(rest) as RegExpExecArray)[0].length : 1;
    if (token?.[1].includes('hour')) afterHour = true;
    made += token ? token[1] : rest.charAt(0).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    rest = rest.slice(length);
  }
  return /:MM/.test(form) ? made + offset : made;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** One worked example: a text of the file and how it is read; `form` is null when no chosen form fits. */
export type WorkedExample = { readonly text: string; readonly meaning: string | null; readonly form: string | null };

/** How a text is read when the forms are tried in order. */
function workedExample(text: string, forms: readonly string[], timeZone?: string): WorkedExample {
  for (const form of forms) {
    const meaning = readInForm(text, form, timeZone);
    if (meaning !== null) return { text, meaning, form };
  }
  return { text, meaning: null, form: null };
}

const mostExamples = 3;

/** The texts most worth showing: one a form, those that no form fits first, then those that could be read two ways. */
export function examplesOf(texts: readonly string[], forms: readonly string[], timeZone?: string): WorkedExample[] {
  const different = [...new Set(texts.filter((text) => text.trim() !== ''))];
  const examples = different.map((text) => workedExample(text, forms, timeZone));
  const rank = ({ meaning, text }: WorkedExample) => (meaning === null ? 0 : couldBeEither(text) ? 1 : 2);
  return examples.sort((a, b) => rank(a) - rank(b)).slice(0, mostExamples);
}

/** Whether day and month could be taken for one another: 03/04/2023. */
function couldBeEither(text: string): boolean {
  const [, first, second] = /^(\d{1,2})\/(\d{1,2})\//.exec(text.trim()) ?? [];
  return first !== second && Number(first) <= 12 && Number(second) <= 12;
}

/** Forms that read at least one of the texts. */
export function formsThatFit(texts: readonly string[]): string[] {
  return dateForms.filter((form) => texts.some((text) => readInForm(text, form) !== null));
}

/** The forms after one is ticked or unticked: day first and month first cannot both be, for no text tells which. */
export function toggleForm(forms: readonly string[], form: string): string[] {
  if (forms.includes(form)) return forms.filter((one) => one !== form);
  const rival = form.startsWith('MM/') ? 'DD/' : form.startsWith('DD/') ? 'MM/' : null;
  return [...forms.filter((one) => rival === null || !one.startsWith(rival)), form];
}
