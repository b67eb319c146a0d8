import { InputError } from '../errors.ts';
import type { Profile, ProfilePlace } from './profile.ts';

/** A column of the file: where it stands and what the file calls it. */
export type Column = { readonly index: number; readonly name: string };
/** What a profile reads as one text: a column, or several joined. */
export type Text = { readonly name: string; readonly parts: readonly Column[] };
export type CoordinateColumns = {
  readonly system: 'wgs84' | 'bng';
  readonly x: Column;
  readonly y: Column;
  readonly withinMetres: number | null;
};
export type PlaceColumns =
  | CoordinateColumns
  | { readonly system: 'postcode'; readonly column: Column }
  | { readonly system: 'street'; readonly text: Text; readonly town: string | undefined }
  | { readonly system: 'area'; readonly layer: string; readonly column: Column; readonly within: Column | null };

/** Where in a file the columns of a profile are. */
export type Columns = {
  readonly id: Text | null;
  /** Null when the category is a constant. */
  readonly category: Text | null;
  readonly from: Text;
  readonly to: Text | null;
  readonly places: readonly PlaceColumns[];
  readonly location: Text | null;
  readonly flags: Column | null;
  /** Further columns that tell rows without an id apart. */
  readonly also: readonly Column[];
  /** Columns the rules of the category look at. */
  readonly ruleColumns: readonly Column[];
  /** Columns the profile gives no meaning to: kept as attributes. */
  readonly others: readonly Column[];
  /** Whether the category's column is among the others: its words say more than their codes. */
  readonly keepsWord: boolean;
  /** Columns the profile speaks of and the file lacks. */
  readonly absent: readonly string[];
  readonly find: (name: string) => Column | null;
  readonly width: number;
  /** Cells of a rejects file's own at the start of each row. */
  readonly skip: number;
};

/** A row's text in a column, without spaces around it. */
export function cellOf(fields: readonly string[], column: Column): string {
  const cell = fields[column.index] as string;
  return isBare(cell) ? cell : cell.trim();
}

/** Whether a cell certainly has no space at either end: a look at two letters takes less time than to trim. */
function isBare(cell: string): boolean {
  return cell === '' || (isMark(cell.charCodeAt(0)) && isMark(cell.charCodeAt(cell.length - 1)));
}

function isMark(code: number): boolean {
  return code > 32 && code < 127;
}

/** A row's text in several columns, joined by a space; empty cells are left out. */
export function textOf(fields: readonly string[], { parts }: Text): string {
  if (parts.length === 1) return cellOf(fields, parts[0] as Column);
  let text = '';
  for (const column of parts) {
    const cell = cellOf(fields, column);
    if (cell !== '') text = text === '' ? cell : `${text} ${cell}`;
  }
  return text;
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
  const absent = new Set<string>();
  const find = (name: string): Column | null => byName.get(foldName(name)) ?? null;
  const look = (name: string): Column | null => {
    const column = find(name);
    if (!column) absent.add(name);
    return column;
  };
  const refuse = (missing: readonly string[], joiner?: string) =>
    missingColumns(fileName, missing, names, profile, joiner);
  const missing = profile.required.filter((name) => find(name) === null);
  if (missing.length > 0) throw refuse(missing);
  const join = (wanted: string | readonly string[] | undefined): Text | null => {
    const parts = [wanted ?? []].flat().flatMap((name) => look(name) ?? []);
    return parts.length === 0 ? null : { name: parts.map(({ name }) => name).join(', '), parts };
  };
  const need = (wanted: string | readonly string[]): Text => {
    const text = join(wanted);
    if (text) return text;
    throw refuse([wanted].flat(), ' or ');
  };
  const { category, flags, identity } = profile;
  for (const { when } of flags?.rules ?? []) Object.keys(when).forEach(look);
  const columns = {
    id: join(identity.id),
    category: category.column === undefined ? null : need(category.column),
    from: need(profile.time.from),
    to: join(profile.time.to),
    places: findPlaces(profile.places, look, join, refuse),
    location: join(profile.location),
    flags: flags?.column === undefined ? null : look(flags.column),
    also: identity.also.flatMap((name) => look(name) ?? []),
    ruleColumns: ruleColumns(profile, find, refuse),
    find,
    absent: [...absent],
    width: header.length,
    skip,
  };
  const keepsWord = keepsWords(profile, columns.category);
  return { ...columns, keepsWord, others: otherColumns(byName.values(), columns, keepsWord, profile) };
}

/** Names are compared without regard to capitals, spaces, underscores and hyphens. */
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

type Find = (name: string) => Column | null;
type Join = (names: string | readonly string[]) => Text | null;
type Refuse = (missing: readonly string[], joiner?: string) => InputError;

function findPlaces(wanted: readonly ProfilePlace[], find: Find, join: Join, refuse: Refuse): PlaceColumns[] {
  const places = wanted.flatMap((place) => findPlace(place, find, join, refuse) ?? []);
  if (places.length === 0 && wanted.length > 0) throw refuse(wanted.map(placeInWords), ' or ');
  return places;
}

function findPlace(place: ProfilePlace, find: Find, join: Join, refuse: Refuse): PlaceColumns | null {
  if (place.system === 'postcode') {
    const column = find(place.column);
    return column && { system: 'postcode', column };
  }
  if (place.system === 'street') {
    const text = join(place.column);
    return text && { system: 'street', text, town: place.town };
  }
  if (place.system === 'area') {
    const column = find(place.column);
    const within = place.within === undefined ? null : find(place.within);
    if (column && place.within !== undefined && !within) throw refuse([place.within]);
    return column && { system: 'area', layer: place.layer, column, within };
  }
  const [xName, yName] = place.system === 'wgs84' ? [place.lng, place.lat] : [place.easting, place.northing];
  const [x, y] = [find(xName), find(yName)];
  if (x && y) return { system: place.system, x, y, withinMetres: place.withinMetres ?? null };
  if (x || y) throw refuse([x ? yName : xName]);
  return null;
}

function placeInWords(place: ProfilePlace): string {
  if (place.system === 'wgs84') return `${place.lat} and ${place.lng}`;
  if (place.system === 'bng') return `${place.easting} and ${place.northing}`;
  return [place.column].flat().join(', ');
}

/** A rule of the category that looks at a column the file lacks would pass over rows without a word: it is refused. */
function ruleColumns({ category }: Profile, find: Find, refuse: Refuse): Column[] {
  const names = [...new Set((category.rules ?? []).flatMap(({ when }) => Object.keys(when)))];
  const missing = names.filter((name) => find(name) === null);
  if (missing.length > 0) throw refuse(missing);
  return names.flatMap((name) => find(name) ?? []);
}

/** A mapping names every word of a feed; a person's own list, rules and "otherwise" put many words under one code. */
function keepsWords({ category }: Profile, text: Text | null): boolean {
  const { keep, rules, words, otherwise } = category;
  return keep || rules !== undefined || words !== undefined || otherwise !== undefined || (text?.parts.length ?? 0) > 1;
}

function otherColumns(
  all: Iterable<Column>,
  columns: Pick<Columns, 'id' | 'category' | 'from' | 'to' | 'location' | 'flags' | 'places' | 'find'>,
  keepsWord: boolean,
  profile: Profile,
): Column[] {
  const { id, category, from, to, location, flags, places, find } = columns;
  const texts = [id, keepsWord ? null : category, from, to, location].flatMap((text) => text?.parts ?? []);
  const coordinates = places.flatMap((place) => ('x' in place ? [place.x, place.y] : []));
  const ignored = (profile.ignore ?? []).map(find);
  const taken = new Set([...texts, flags, ...coordinates, ...ignored]);
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
      ? 'Its header is a single column: name the sign that separates the columns when it is an unusual one, or choose the profile that fits this file'
      : 'Rename the columns, or choose the profile that fits this file';
  const message = `${fileName} lacks ${what} ${missing.join(joiner)}, which the profile ${profile.name} needs. It has: ${list.join(', ')}. ${hint}.`;
  return new InputError(message, { code: 'missing-columns', details: { missing, found } });
}
