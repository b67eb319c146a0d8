import type { Profile } from '../profile.ts';
import type { Taxonomy } from '../taxonomy.ts';
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

const idNames: readonly (readonly [phrase: string, score: number])[] = [
  ['crime id', 1],
  ['incident id', 1],
  ['incident number', 1],
  ['incident no', 1],
  ['crime number', 1],
  ['crime ref', 1],
  ['crime reference', 1],
  ['crime reference number', 1],
  ['log number', 0.95],
  ['case number', 0.95],
  ['event id', 0.95],
  ['uid', 0.9],
  ['urn', 0.9],
  ['unique id', 0.95],
  ['reference', 0.8],
  ['reference number', 0.85],
  ['ref', 0.75],
  ['ref no', 0.8],
  ['id', 0.7],
  ['number', 0.4],
];
/** Numbers of something else, though each row may have its own. */
const otherIds = [
  'uprn',
  'usrn',
  'ward',
  'house',
  'phone',
  'telephone',
  'officer',
  'station',
  'lsoa',
  'postcode',
  'street',
  'victim',
  'offender',
  'suspect',
  'vehicle',
  'area',
  'beat',
  'property',
];

/** The column in which each incident has a number of its own; it may be empty where there is none. */
export function findId({ columns }: Table): Finding | null {
  const rated = columns.flatMap((column) => {
    const [, score = 0] = idNames.find(([phrase]) => hasPhrase(column.words, phrase)) ?? [];
    const { filled, texts } = column;
    if (score === 0 || filled === 0 || hasAny(column.words, otherIds)) return [];
    const unique = texts.size / filled;
    const asId = shareOf(column, (text) => text.length <= 100 && !/\s.*\s/.test(text));
    if (unique < 0.98 || asId < 0.9) return [];
    const because = `its name says so, and ${unique === 1 ? 'no value' : 'hardly any value'} occurs twice, such as ${exampleOf(column)}`;
    return [{ column, because, score }];
  });
  return rated.sort((a, b) => b.score - a.score)[0] ?? null;
}

/** Marks: a column of several, or columns that say yes or no. */
export type FlagsFinding = { readonly flags: NonNullable<Profile['flags']>; readonly uses: readonly Finding[] };

const yes = ['yes', 'y', 'true', '1', 'x'];
const yesOrNo = /^(yes|no|y|n|true|false|1|0|x)$/i;

/** Finds the marks that incidents carry: by a column of known flags, and by yes-or-no columns named after one. */
export function findFlags({ columns }: Table, taxonomy: Taxonomy): FlagsFinding | null {
  const list = columns.flatMap((column) => listOfFlags(column, taxonomy))[0];
  const rules = columns.flatMap((column) => yesOrNoFlag(column, taxonomy));
  if (!list && rules.length === 0) return null;
  return {
    flags: {
      separator: list?.separator ?? ';',
      ...(list ? { column: list.column.name } : {}),
      ...(rules.length > 0 ? { rules: rules.map(({ rule }) => rule) } : {}),
    },
    uses: [...(list ? [list] : []), ...rules],
  };
}

function listOfFlags(column: ColumnFacts, taxonomy: Taxonomy) {
  if (!hasAny(column.words, ['flag', 'flags', 'marker', 'markers', 'tag', 'tags', 'qualifiers'])) return [];
  const separators = [';', ',', '|', '/'];
  const texts = [...column.texts.keys()];
  const separator = separators.find((one) => texts.some((text) => text.includes(one))) ?? ';';
  const known = shareOf(column, (text) => text.split(separator).some((word) => taxonomy.flagOf(word.trim()) !== null));
  if (known === 0) return [];
  const because = `its name says so, and ${percent(known)} of its values name marks known here, such as ${exampleOf(column)}`;
  return [{ column, because, separator }];
}

function yesOrNoFlag(column: ColumnFacts, taxonomy: Taxonomy) {
  const words = column.words.replace(/ ?(flag|marker|related|yn)$/, '');
  const flag = taxonomy.flagOf(words) ?? taxonomy.flagOf(`${words} related`);
  if (flag === null || column.filled === 0 || shareOf(column, (text) => yesOrNo.test(text)) < 1) return [];
  const because = `it is named after the mark “${flag}” and says yes or no`;
  return [{ column, because, rule: { when: { [column.name]: yes }, flag } }];
}
