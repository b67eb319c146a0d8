import type { ProfilePlace } from '../profile.ts';
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

const postcode = /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i;
const looseCode = /^[ENWS]\d{8}$/i;

/** The column of whole postcodes: a district such as SW11 is none, and neither is a postal address. */
export function findPostcode({ columns }: Table): Finding | null {
  const rated = columns.flatMap((column) => {
    const share = shareOf(column, (text) => postcode.test(text));
    const named = hasAny(column.words, ['postcode', 'post code', 'postal code', 'pcode', 'postcodes']);
    if (column.filled === 0 || share < (named ? 0.5 : 0.9) || (!named && column.texts.size < 3)) return [];
    const because = `${named ? 'its name says so, and ' : ''}${percent(share)} of its values are postcodes, such as ${exampleOf(column)}`;
    return [{ column, because, score: share + (named ? 1 : 0) }];
  });
  return rated.sort((a, b) => b.score - a.score)[0] ?? null;
}

/** Names of columns that say in words where it was, the surer ones first. */
const locationNames: readonly (readonly [phrase: string, score: number])[] = [
  ['incident address', 1],
  ['address', 0.9],
  ['address line 1', 0.9],
  ['location', 0.8],
  ['street name', 0.75],
  ['road name', 0.75],
  ['street', 0.7],
  ['road', 0.65],
  ['locality', 0.5],
  ['site', 0.4],
  ['place', 0.4],
];
const notLocation = [
  'email',
  'e mail',
  'ip',
  'web',
  'url',
  'type',
  'category',
  'code',
  'id',
  'district',
  'qualifier',
  'description',
  'number',
  'date',
  'time',
  'ref',
  'reference',
  'home',
  'offender',
  'victim',
  'caller',
  'birth',
  'postal district',
];

/** The column that says in words where it was. */
export function findLocation({ columns }: Table): Finding | null {
  const rated = columns.flatMap((column) => {
    const [, score = 0] = locationNames.find(([phrase]) => hasPhrase(column.words, phrase)) ?? [];
    const words = shareOf(column, (text) => /\p{L}{3}/u.test(text) && !postcode.test(text));
    if (score === 0 || hasAny(column.words, notLocation) || words < 0.7) return [];
    // rooms and kinds of place repeat; addresses hardly do
    const variety = Math.min(1, column.texts.size / Math.max(1, column.filled * 0.2));
    return [
      { column, because: `its name says so; it holds words such as ${exampleOf(column)}`, score: score + variety / 2 },
    ];
  });
  return rated.sort((a, b) => b.score - a.score)[0] ?? null;
}

/** An area that the file names, for incidents of which no more is known. */
export type AreaFinding = { readonly place: ProfilePlace; readonly uses: readonly Finding[] };

const largerNames = ['unitary authority', 'local authority', 'borough', 'borough name', 'district', 'council', 'town'];

/** The column of the ward, or of the LSOA, by code rather than by name; with the larger area where wards are named. */
export function findArea({ columns }: Table): AreaFinding | null {
  for (const layer of ['ward', 'lsoa'] as const) {
    const named = columns.filter((column) => hasPhrase(column.words, layer) && column.filled > 0 && areNames(column));
    const coded = named.find((column) => shareOf(column, (text) => looseCode.test(text)) >= 0.9);
    const column = coded ?? named[0];
    if (!column) continue;
    const within = coded ? undefined : columns.find((one) => one !== column && isLarger(one));
    const what = coded ? 'codes' : 'names';
    const because = `it holds ${what} of ${layer === 'ward' ? 'wards' : 'LSOAs'}, such as ${exampleOf(column)}: where nothing better is known, incidents are counted in them and put on no point`;
    const place: ProfilePlace = { system: 'area', layer, column: column.name, ...(within && { within: within.name }) };
    const larger = within
      ? [{ column: within, because: `it tells ${layer === 'ward' ? 'wards' : 'areas'} of one name apart` }]
      : [];
    return { place, uses: [{ column, because }, ...larger] };
  }
  return null;
}

function areNames(column: ColumnFacts): boolean {
  return shareOf(column, (text) => /\p{L}{3}/u.test(text) || looseCode.test(text)) >= 0.9;
}

function isLarger(column: ColumnFacts): boolean {
  return hasAny(column.words, largerNames) && !hasAny(column.words, ['code', 'postcode']) && areNames(column);
}
