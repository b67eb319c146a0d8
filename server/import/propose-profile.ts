import type { Preview, ProposedUse } from '../import-model.ts';
import type { ProfileInput, ProfilePlace } from './profile.ts';
import { type ColumnFacts, type Table, tableFacts } from './propose/column-facts.ts';
import { type CategoryFinding, findCategory } from './propose/find-category.ts';
import { findCoordinates } from './propose/find-coordinates.ts';
import { findFlags, findId } from './propose/find-marks.ts';
import { findArea, findLocation, findPostcode } from './propose/find-places.ts';
import { findTimes, type TimeColumns, type Times } from './propose/find-times.ts';
import type { Taxonomy } from './taxonomy.ts';

/** The first rows of a file, and what is known of the world. */
export type ProposalInput = {
  readonly fileName: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly taxonomy: Taxonomy;
  /** Whether a position in degrees lies in the United Kingdom. */
  readonly inUk: (lat: number, lng: number) => boolean;
};

/** A profile that may still lack what a person has to choose: the category or the time. */
export type ProfileDraft = Omit<ProfileInput, 'time'> & {
  time: Omit<ProfileInput['time'], 'from'> & { from?: string | string[] };
};

export type Proposal = Preview['proposal'] & { readonly profile: ProfileDraft };
type Use = { readonly column: ColumnFacts; readonly use: NonNullable<ProposedUse['use']>; readonly because: string };

/** Proposes how to read a file, by the names of its columns and by what stands in them, with the reason for each column. */
export function proposeProfile(input: ProposalInput): Proposal {
  const table = tableFacts(input.columns, input.rows);
  const times = findTimes(table);
  const coordinates = findCoordinates(table, input.inUk);
  const located = [...coordinates.uses.map(({ column }) => column), ...timeColumns(times)];
  const rest = without(table, located);
  const id = findId(rest);
  const category = findCategory(without(rest, id ? [id.column] : []), input.taxonomy);
  const others = without(
    rest,
    [id, category].flatMap((found) => (found ? [found.column] : [])),
  );
  const postcode = findPostcode(others);
  const location = findLocation(others);
  const area = findArea(others);
  const flags = findFlags(others, input.taxonomy);
  const isStreet = location !== null && coordinates.places.length === 0;
  const places: ProfilePlace[] = [
    ...coordinates.places,
    ...(postcode ? [{ system: 'postcode' as const, column: postcode.column.name }] : []),
    ...(isStreet ? [{ system: 'street' as const, column: location.column.name }] : []),
    ...(area ? [area.place] : []),
  ];
  const uses: Use[] = [
    ...timeUses(times),
    ...coordinates.uses,
    ...(id ? [{ ...id, use: 'id' as const }] : []),
    ...(category ? [{ ...category, use: 'category' as const }] : []),
    ...(postcode ? [{ ...postcode, use: 'postcode' as const }] : []),
    ...(location ? [{ ...location, use: isStreet ? ('street' as const) : ('location' as const) }] : []),
    ...(area?.uses ?? []).map((found) => ({ ...found, use: 'area' as const })),
    ...(flags?.uses ?? []).map((found) => ({ ...found, use: 'flags' as const })),
  ];
  return {
    profile: {
      ...naming(input.fileName),
      attribution: '',
      required: requiredColumns(category, times, coordinates.places),
      country: coordinates.inUk === false ? 'any' : 'uk',
      timeZone: 'Europe/London',
      covers: coversMonth(input.fileName, times.from) ? 'month' : 'any',
      category: categoryOf(category),
      time: timeOf(times),
      places,
      ...(location ? { location: location.column.name } : {}),
      ...(flags ? { flags: flags.flags } : {}),
      identity: { ...(id ? { id: id.column.name } : {}), also: [] },
    },
    uses: table.columns.map((column) => useOf(column, uses, times)),
    complete: category !== null && times.from !== null,
  };
}

function without({ columns, rows }: Table, taken: readonly ColumnFacts[]): Table {
  return { rows, columns: columns.filter((column) => !taken.includes(column)) };
}

function timeColumns({ from, to }: Times): ColumnFacts[] {
  return [from, to].flatMap((found) => found?.columns ?? []);
}

function timeUses({ from, to }: Times): Use[] {
  const usesOf = (found: TimeColumns | null, use: 'from' | 'to', what: string) =>
    (found?.columns ?? []).map((column) => ({ column, use, because: `${what}: ${found!.because}` }));
  return [
    ...usesOf(from, 'from', to ? 'the beginning of the time' : 'when it happened'),
    ...usesOf(to, 'to', 'the end of the time'),
  ];
}

function timeOf({ from, to }: Times): ProfileDraft['time'] {
  const formats = [...new Set([...(from?.formats ?? []), ...(to?.formats ?? [])])];
  const [begin, end] = [from && namesOf(from), to && namesOf(to)];
  // a form is needed: without a date found, the commonest British one
  return {
    ...(begin ? { from: begin } : {}),
    ...(end ? { to: end } : {}),
    formats: formats.length > 0 ? formats : ['DD/MM/YYYY HH:MM', 'DD/MM/YYYY'],
  };
}

function namesOf({ columns }: TimeColumns): string | string[] {
  const names = columns.map(({ name }) => name);
  return names.length === 1 ? names[0]! : names;
}

/** Words that no mapping knows are to be given codes by hand: an empty list of words says so. */
function categoryOf(found: CategoryFinding | null): ProfileDraft['category'] {
  if (!found) return { words: {}, codes: false };
  const { column, mapping, codes } = found;
  return { column: column.name, codes, ...(mapping ? { mapping } : codes ? {} : { words: {} }) };
}

/** A later file is of the same kind when it has these. */
function requiredColumns(
  category: CategoryFinding | null,
  { from }: Times,
  [first]: readonly ProfilePlace[],
): string[] {
  const place =
    first?.system === 'wgs84' ? [first.lat, first.lng] : first?.system === 'bng' ? [first.easting, first.northing] : [];
  return [...(category ? [category.column.name] : []), ...(from?.columns ?? []).map(({ name }) => name), ...place];
}

/** Names for the profile and its source, after the file's, without the date in it. */
function naming(fileName: string): Pick<ProfileDraft, 'name' | 'title' | 'source'> {
  const stem = fileName
    .replace(/^.*[/\\]/, '')
    .replace(/(\.[a-z0-9]{2,8}){1,2}$/i, '')
    .replaceAll(/(19|20)\d\d([-_ .]?(0[1-9]|1[0-2])([-_ .]?[0-3]\d)?)?/g, ' ');
  const words = stem
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const name = words.join('-').slice(0, 60).replace(/-$/, '') || 'my-file';
  const title = name.replaceAll('-', ' ');
  const shown = title.charAt(0).toUpperCase() + title.slice(1);
  return { name, title: shown, source: shown };
}

function coversMonth(fileName: string, from: TimeColumns | null): boolean {
  return from?.formats.includes('YYYY-MM') === true && /(19|20)\d\d-(0[1-9]|1[0-2])(?!\d)/.test(fileName);
}

/** What a column is used for; the others are kept, and what they look like but are not is said. */
function useOf(column: ColumnFacts, uses: readonly Use[], times: Times): ProposedUse {
  const found = uses.find((use) => use.column === column);
  if (found) return { column: column.name, use: found.use, because: found.because };
  return { column: column.name, use: null, because: reasonToKeep(column, times) };
}

function reasonToKeep(column: ColumnFacts, times: Times): string {
  if (column.filled === 0) return 'empty in the first rows; kept with each incident where it is filled in';
  if (times.dates.includes(column) && times.from) {
    const names = times.from.columns.map(({ name }) => name);
    const tell = names.length > 1 ? 'tell' : 'tells';
    return `a date, but ${names.join(' and ')} ${tell} better when it happened; kept with each incident`;
  }
  return 'kept with each incident as it is';
}
