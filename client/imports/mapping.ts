import type { PlaceShape, ProfileShape } from './profile-shape.ts';

/** A way to place an incident, as the page shows it. */
export type PlaceMapping = {
  readonly system: PlaceShape['system'];
  /** Latitude or easting; the postcode; the street's columns; the area. */
  readonly first: readonly string[];
  /** Longitude or northing; the column of the larger area an area lies in. */
  readonly second: string;
  readonly town: string;
  readonly layer: string;
  /** What else the profile says of it, which the page does not show. */
  readonly rest: Readonly<Record<string, unknown>>;
};

/** Which columns mean what, as the page shows it: every meaning a list of columns, none where it is not given. */
export type Mapping = {
  readonly source: string;
  readonly attribution: string;
  readonly ukOnly: boolean;
  readonly category: readonly string[];
  /** The category of every row, where no column says it. */
  readonly constant: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly formats: readonly string[];
  readonly places: readonly PlaceMapping[];
  readonly location: readonly string[];
  readonly id: readonly string[];
  readonly flags: string;
  readonly separator: string;
};

/** The mapping a profile stands for. */
export function mappingFromProfile(profile: ProfileShape): Mapping {
  const { category, time, flags, identity } = profile;
  return {
    source: profile.source,
    attribution: profile.attribution,
    ukOnly: profile.country === 'uk',
    category: list(category.column),
    constant: category.constant ?? '',
    from: list(time.from),
    to: list(time.to),
    formats: time.formats,
    places: profile.places.map(placeFromProfile),
    location: list(profile.location),
    id: list(identity.id),
    flags: flags?.column ?? '',
    separator: flags?.separator ?? ';',
  };
}

/** The profile of a mapping: what the page does not show stays as `base` has it. */
export function profileFromMapping(base: ProfileShape, mapping: Mapping): ProfileShape {
  const { category, time, flags, identity, location: _, ...rest } = base;
  return {
    ...rest,
    source: mapping.source.trim(),
    attribution: mapping.attribution.trim(),
    required: requiredColumns(mapping),
    country: mapping.ukOnly ? 'uk' : 'any',
    category: categoryOf(category, mapping),
    time: {
      ...without(time, 'to'),
      from: columnsOf(mapping.from),
      formats: [...mapping.formats],
      ...given('to', mapping.to),
    },
    places: mapping.places.filter(isFilledIn).map(placeToProfile),
    ...given('location', mapping.location),
    ...flagsOf(flags, mapping),
    identity: { ...without(identity, 'id'), also: identity.also, ...given('id', mapping.id) },
  };
}

/** Columns without which the mapping cannot be used: what happened, when, the first place and the id. */
function requiredColumns({ category, from, places, id }: Mapping): string[] {
  const place = places.find(isFilledIn);
  const needed = place ? [...place.first, isPair(place) ? place.second : ''] : [];
  const named = [...category, ...from, ...needed, ...id];
  return [...new Set(named.filter(Boolean))];
}

/** A profile with category words mapped by hand put into it, under a new name. */
export function savedProfile(
  profile: ProfileShape,
  words: Readonly<Record<string, string>>,
  title: string,
): ProfileShape {
  const category = { ...profile.category, words: { ...profile.category.words, ...words } };
  return { ...profile, name: profileName(title), title: title.trim(), category };
}

/** The name of a file for a title: lower-case words joined by hyphens. */
export function profileName(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
}

/** A way to place incidents that names no column yet. */
export function emptyPlace(system: PlaceMapping['system'], layer = 'ward'): PlaceMapping {
  return { system, first: [], second: '', town: '', layer, rest: {} };
}

/** Whether a way to place incidents names all the columns it needs. */
export function isFilledIn(place: PlaceMapping): boolean {
  return place.first.some(Boolean) && (!isPair(place) || place.second !== '');
}

/** Whether a way to place incidents is coordinates, which need two columns. */
export function isPair({ system }: PlaceMapping): boolean {
  return system === 'wgs84' || system === 'bng';
}

function placeFromProfile(place: PlaceShape): PlaceMapping {
  const empty = emptyPlace(place.system);
  if (place.system === 'wgs84') {
    const { system, lat, lng, ...rest } = place;
    return { ...empty, first: list(lat), second: lng, rest };
  }
  if (place.system === 'bng') {
    const { system, easting, northing, ...rest } = place;
    return { ...empty, first: list(easting), second: northing, rest };
  }
  if (place.system === 'area') {
    const { system, layer, column, within = '', ...rest } = place;
    return { ...empty, first: list(column), second: within, layer, rest };
  }
  if (place.system === 'street') {
    const { system, column, town = '', ...rest } = place;
    return { ...empty, first: list(column), town, rest };
  }
  const { system, column, ...rest } = place;
  return { ...empty, first: list(column), rest };
}

function placeToProfile({ system, first, second, town, layer, rest }: PlaceMapping): PlaceShape {
  const [column = ''] = first;
  if (system === 'wgs84') return { ...rest, system, lat: column, lng: second };
  if (system === 'bng') return { ...rest, system, easting: column, northing: second };
  if (system === 'area') return { ...rest, system, layer, column, ...(second && { within: second }) };
  if (system === 'street')
    return { ...rest, system, column: columnsOf(first) ?? '', ...(town.trim() && { town: town.trim() }) };
  return { ...rest, system, column };
}

function categoryOf(category: ProfileShape['category'], { category: columns, constant }: Mapping) {
  const { column: _, constant: __, ...rest } = category;
  if (!columns.some(Boolean)) return { ...rest, ...(constant && { constant }) };
  const knows = rest.mapping ?? rest.words ?? rest.rules ?? rest.otherwise;
  // Without anything that knows the words the column may hold the codes themselves; the rest is mapped by hand.
  return { ...rest, ...given('column', columns), codes: rest.codes ?? knows === undefined };
}

function flagsOf(flags: ProfileShape['flags'], { flags: column, separator }: Mapping): Pick<ProfileShape, 'flags'> {
  const rest = without(without(flags ?? {}, 'column'), 'separator');
  if (column === '') return Object.keys(rest).length > 0 ? { flags: rest } : {};
  return { flags: { ...rest, column, separator: separator || ';' } };
}

/** One column as its name, several as a list. */
function columnsOf(names: readonly string[]): string | string[] {
  const filled = names.filter(Boolean);
  return filled.length > 1 ? filled : (filled[0] ?? '');
}

function given<K extends string>(key: K, names: readonly string[]): { [key in K]?: string | string[] } {
  return names.some(Boolean) ? ({ [key]: columnsOf(names) } as { [key in K]?: string | string[] }) : {};
}

function list(columns: string | readonly string[] | undefined): readonly string[] {
  if (columns === undefined || columns === '') return [];
  return typeof columns === 'string' ? [columns] : columns;
}

function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = object;
  return rest;
}
