import { InputError } from '../errors.ts';
import type { Profile } from './profile.ts';

/** A column of the file: where it stands and what the file calls it. */
export type Column = { readonly index: number; readonly name: string };
export type PlaceColumns = { readonly system: 'wgs84' | 'bng'; readonly x: Column; readonly y: Column };

/** Where in a file the columns of a profile are. */
export type Columns = {
  readonly id: Column | null;
  readonly category: Column;
  readonly from: Column;
  readonly to: Column | null;
  readonly places: readonly PlaceColumns[];
  readonly location: Column | null;
  readonly flags: Column | null;
  /** Further columns that tell rows without an id apart. */
  readonly also: readonly Column[];
  /** Columns the profile gives no meaning to: kept as attributes. */
  readonly others: readonly Column[];
  readonly width: number;
  /** Cells of a rejects file's own at the start of each row. */
  readonly skip: number;
};

/** A row's text in a column, without spaces around it. */
export function cellOf(fields: readonly string[], column: Column): string {
  return (fields[column.index] as string).trim();
}

/** The columns which a file of rejects has before those of the file it came from. */
export const rejectColumns = ['line', 'column', 'value', 'reason'] as const;

/** The header without the columns a rejects file adds. */
export function dataColumns(header: readonly string[]): readonly string[] {
  return rejectColumns.every((name, index) => header[index] === name) ? header.slice(rejectColumns.length) : header;
}

/** Finds a profile's columns in a header, without regard to capitals, spaces and underscores; refuses what is missing or doubled. */
export function matchColumns(fileName: string, header: readonly string[], profile: Profile): Columns {
  const names = dataColumns(header);
  const skip = header.length - names.length;
  const byName = indexHeader(fileName, names, skip);
  const find = (names: string | readonly string[] | undefined) => {
    const name = [names ?? []].flat()[0];
    return name === undefined ? null : (byName.get(foldName(name)) ?? null);
  };
  const missing = profile.required.filter((name) => find(name) === null);
  if (missing.length > 0) throw missingColumns(fileName, missing, names, profile);
  const need = (wanted: string | readonly string[]): Column => {
    const name = (typeof wanted === 'string' ? wanted : wanted[0]) ?? '';
    const column = find(name);
    if (!column) throw missingColumns(fileName, [name], names, profile);
    return column;
  };
  const columns = {
    id: find(profile.identity.id),
    category: need(profile.category.column ?? ''),
    from: need(profile.time.from),
    to: find(profile.time.to),
    places: findPlaces(fileName, find, names, profile),
    location: find(profile.location),
    flags: find(profile.flags?.column),
    also: profile.identity.also.map(find).filter((column) => column !== null),
    width: header.length,
    skip,
  };
  return { ...columns, others: otherColumns(byName.values(), columns) };
}

function foldName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}

function indexHeader(fileName: string, names: readonly string[], skip: number): Map<string, Column> {
  const byName = new Map<string, Column>();
  names.forEach((given, index) => {
    // Spreadsheets leave columns without a name at the end; they are told by their place.
    const name = given === '' ? `column ${index + 1}` : given;
    if (byName.has(foldName(name))) {
      const message = `${fileName} has two columns called "${name}". Rename or remove one of them.`;
      throw new InputError(message, { code: 'duplicate-columns', details: { column: name } });
    }
    byName.set(foldName(name), { index: index + skip, name });
  });
  return byName;
}

type Find = (name: string | undefined) => Column | null;

function findPlaces(fileName: string, find: Find, names: readonly string[], profile: Profile): PlaceColumns[] {
  const places: PlaceColumns[] = [];
  const wanted: string[] = [];
  for (const place of profile.places) {
    if (place.system !== 'wgs84' && place.system !== 'bng') continue;
    const [xName, yName] = place.system === 'wgs84' ? [place.lng, place.lat] : [place.easting, place.northing];
    const x = find(xName);
    const y = find(yName);
    if (x && y) places.push({ system: place.system, x, y });
    else if (x || y) throw missingColumns(fileName, [x ? yName : xName], names, profile);
    wanted.push(place.system === 'wgs84' ? `${yName} and ${xName}` : `${xName} and ${yName}`);
  }
  if (places.length > 0) return places;
  throw missingColumns(fileName, wanted, names, profile, ' or ');
}

function otherColumns(all: Iterable<Column>, columns: Omit<Columns, 'others'>): Column[] {
  const { id, category, from, to, location, flags, places } = columns;
  const taken = new Set([id, category, from, to, location, flags, ...places.flatMap(({ x, y }) => [x, y])]);
  return [...all].filter((column) => !taken.has(column)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function missingColumns(
  fileName: string,
  missing: readonly string[],
  found: readonly string[],
  profile: Profile,
  joiner = ', ',
): InputError {
  const what = missing.length === 1 ? 'the column' : 'the columns';
  const list = found.length > 40 ? [...found.slice(0, 40), `and ${found.length - 40} more`] : found;
  const hint =
    found.length === 1
      ? 'Its header is a single column: separate the columns by comma, semicolon, tab or vertical bar'
      : 'Rename the columns, or choose the profile that fits this file';
  const message = `${fileName} lacks ${what} ${missing.join(joiner)}, which the profile ${profile.name} needs. It has: ${list.join(', ')}. ${hint}.`;
  return new InputError(message, { code: 'missing-columns', details: { missing, found } });
}
