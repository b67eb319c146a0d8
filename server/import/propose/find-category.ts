import { foldWord, type Taxonomy } from '../taxonomy.ts';
import {
  type ColumnFacts,
  exampleOf,
  type Finding,
  hasAny,
  hasPhrase,
  percent,
  shareOf,
  type Table,
} from './column-facts.ts';

/** The column of what happened, and what its words are known as. */
export type CategoryFinding = Finding & {
  /** A mapping of the taxonomy that knows most of the words; null when they are to be mapped by hand. */
  readonly mapping: string | null;
  /** Whether the words are codes of the taxonomy themselves. */
  readonly codes: boolean;
};

/** Names of such columns, the surer ones first. */
const names: readonly (readonly [phrase: string, score: number])[] = [
  ['crime type', 1],
  ['offence type', 1],
  ['offense type', 1],
  ['incident type', 1],
  ['incident category', 1],
  ['asb type', 1],
  ['type of incident', 1],
  ['type of crime', 1],
  ['type of call', 1],
  ['nature of incident', 1],
  ['incident group', 0.95],
  ['event type', 0.95],
  ['call type', 0.95],
  ['complaint type', 0.95],
  ['request type', 0.9],
  ['primary type', 0.95],
  ['crime category', 1],
  ['offence category', 1],
  ['offence group', 0.95],
  ['crime group', 0.95],
  ['category', 0.85],
  ['offence', 0.85],
  ['offense', 0.85],
  ['nature', 0.8],
  ['crime', 0.75],
  ['classification', 0.7],
  ['incident', 0.6],
  ['description', 0.5],
  ['type', 0.5],
  ['reason', 0.3],
  ['kind', 0.5],
];

/** The thing such a column would be the kind of is not the incident, or it is no kind at all. */
const otherThings = [
  'date',
  'time',
  'id',
  'ref',
  'reference',
  'number',
  'no',
  'location',
  'loc',
  'property',
  'vehicle',
  'street',
  'road',
  'address',
  'place',
  'premise',
  'premises',
  'weapon',
  'victim',
  'suspect',
  'offender',
  'age',
  'gender',
  'ethnicity',
  'outcome',
  'status',
  'cause',
  'service',
  'ward',
  'area',
  'source',
  'origin',
  'caller',
  'confined',
  'alarm',
  'by',
  'code id',
  'month',
  'year',
  'day',
  'priority',
  'risk',
  'postcode',
  'latitude',
  'longitude',
  'operation',
];

const enoughKnown = 0.8;

/** Finds the column of the kind of incident: few different words, repeated, under a telling name or known ones. */
export function findCategory({ columns }: Table, taxonomy: Taxonomy): CategoryFinding | null {
  const rated = columns.filter(hasFewWords).flatMap((column) => rate(column, taxonomy));
  return rated.sort((a, b) => b.score - a.score)[0] ?? null;
}

function rate(column: ColumnFacts, taxonomy: Taxonomy): (CategoryFinding & { readonly score: number })[] {
  const codes = shareOf(column, (text) => taxonomy.hasCategory(foldWord(text)));
  const known = codes >= enoughKnown ? null : bestMapping(column, taxonomy);
  const name = nameScore(column);
  const isKnown = codes >= enoughKnown || known !== null;
  if (name === 0 && !isKnown) return [];
  const reasons = [
    ...(name > 0 ? ['its name says so'] : []),
    codes >= enoughKnown
      ? `${percent(codes)} of its values are categories of this service`
      : known
        ? `${percent(known.share)} of its values are words of the mapping ${known.mapping}`
        : `${column.texts.size === 1 ? 'one word' : `${column.texts.size} different words`} in ${column.filled} rows, such as ${exampleOf(column)}`,
  ];
  const score = name + (isKnown ? 1 : 0);
  return [
    { column, because: reasons.join(', and '), mapping: known?.mapping ?? null, codes: codes >= enoughKnown, score },
  ];
}

function nameScore({ words }: ColumnFacts): number {
  const [, score = 0] = names.find(([phrase]) => hasPhrase(words, phrase)) ?? [];
  return hasAny(words, otherThings) ? 0 : words.split(' ').length <= 3 ? score : score / 2;
}

/** Words, not numbers or dates, that come again and again. */
function hasFewWords(column: ColumnFacts): boolean {
  const { texts, filled } = column;
  if (filled === 0 || shareOf(column, (text) => /\p{L}{2}/u.test(text) && text.length <= 120) < 0.9) return false;
  return filled < 20 || texts.size <= Math.max(10, filled / 3);
}

/** Of mappings that know as many of the words, the one made for them is the smaller. */
function bestMapping(column: ColumnFacts, taxonomy: Taxonomy): { mapping: string; share: number } | null {
  const rated = taxonomy.mappings
    .map(({ name, words }) => ({
      mapping: name,
      words,
      share: shareOf(column, (text) => taxonomy.codeOf(name, text) !== null),
    }))
    .sort((a, b) => b.share - a.share || a.words - b.words);
  return rated[0] && rated[0].share >= enoughKnown ? rated[0] : null;
}
