import type { Quality } from '../import-model.ts';
import { whole } from './wording.ts';

type Months = Quality['months'];

const inWords = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
/** A sentence for each of so many months, then the number of the others. */
const mostSentences = 4;

/** Months between the first and the last in which nothing is held. */
export function missingNotes(months: Months): string[] {
  const missing = months.filter((one) => one.missing).map(({ month }) => month);
  if (missing.length === 0) return [];
  const isRun =
    months.findIndex(({ month }) => month === missing.at(-1)) -
      months.findIndex(({ month }) => month === missing[0]) ===
    missing.length - 1;
  if (missing.length === 1) return [`The month ${missing[0]} is missing: it is a gap, not a zero.`];
  const number = inWords[missing.length] ?? whole(missing.length);
  if (isRun) return [`The ${number} months ${missing[0]} to ${missing.at(-1)} are missing: they are gaps, not zeros.`];
  const shown = missing.slice(0, 12).join(', ');
  const more = missing.length > 12 ? ` and ${whole(missing.length - 12)} more` : '';
  return [`${capital(number)} months are missing: ${shown}${more}. They are gaps, not zeros.`];
}

/** Months with far more or far fewer incidents than the others, the farthest first. */
export function suddenNotes(months: Months): string[] {
  const ratio = ({ incidents, usual }: Months[number]) => Math.abs(Math.log(incidents / Math.max(1, usual ?? 1)));
  const sudden = months.filter((one) => one.sudden).sort((a, b) => ratio(b) - ratio(a));
  const notes = sudden.slice(0, mostSentences).map((one) => suddenNote(one, months));
  const more = sudden.length - notes.length;
  return more > 0
    ? [
        ...notes,
        `${capital(inWords[more] ?? whole(more))} more ${more === 1 ? 'month differs' : 'months differ'} as suddenly.`,
      ]
    : notes;
}

function suddenNote({ month, incidents, usual }: Months[number], months: Months): string {
  const said = `${month} has ${whole(incidents)} incidents where ${whole(usual ?? 0)} would be usual`;
  if (incidents > (usual ?? 0))
    return `${said}: were rows sent twice, or was there an event, a season, a new way of recording?`;
  const isEdge = month === months[0]?.month || month === months.at(-1)?.month;
  return isEdge
    ? `${said}: the file may hold only a part of this month.`
    : `${said}: are rows missing, or was there a season, a new way of recording?`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
