import type { PlacedBy } from '../import-model.ts';
import type { Position } from '../model.ts';
import type { Tally } from './create-tally.ts';
import { type Columns, type CoordinateColumns, cellOf, type PlaceColumns, textOf } from './match-columns.ts';
import type { NamedArea } from './parse-incidents.ts';
import type { Profile } from './profile.ts';
import { readCoordinates, zeroReason } from './read-coordinates.ts';
import type { Problem } from './reject.ts';

/** A place that was looked up, and how far the true one may lie from it. */
export type FoundPlace = Position & { readonly withinMetres: number | null };

/** What parsing needs from `locate/`, handed in because stages do not import one another. */
export type Locate = {
  /** Turns British National Grid metres into WGS84 degrees. */
  readonly bngToWgs84: (easting: number, northing: number) => Position;
  /** What is wrong with a position in a country; null when it lies within. */
  readonly placeProblem: (country: 'uk', position: Position) => 'zero' | 'swapped' | 'outside' | null;
  /** The place of a postcode as the file has it; null when it is not known. */
  readonly postcode: (text: string) => FoundPlace | null;
  /** The place of a street, where need be in a town; null when it is not known. */
  readonly street: (text: string, town?: string) => FoundPlace | null;
};

/** Where an incident happened, as far as its row tells. */
export type Place = {
  readonly lat: number | null;
  readonly lng: number | null;
  readonly placedBy: PlacedBy | null;
  readonly withinMetres: number | null;
  readonly area: NamedArea | null;
  /**
   * The first way to a place that is filled in, as the file gave it: identity is made of it, so that a row is the same
   * incident before its postcode is known here and after.
   */
  readonly given: string;
  readonly masked: boolean;
};

const nowhere: Place = {
  lat: null,
  lng: null,
  placedBy: null,
  withinMetres: null,
  area: null,
  given: '',
  masked: false,
};

/** Digits whose end is blotted out on purpose, such as 376*** or 3765xx. */
const maskedNumber = /^[+-]?\d*(?:\.\d*)?[*x#]+$/i;

/** A place, a place that is given but not known (placed by nothing), what is wrong, or null when it is not filled in. */
type Read = (fields: readonly string[]) => Place | Problem | 'masked' | null;

/** Makes the reader of places: of the ways a profile names, the first that is filled in, not masked and found. */
export function createPlaceReader(
  { places }: Columns,
  profile: Profile,
  locate: Locate,
  tally: Tally,
): (fields: readonly string[]) => Place | Problem {
  const readers = places.map((columns) => createReader(columns, profile, locate, tally));
  return (fields) => {
    let given = '';
    let masked = false;
    let fault: Problem | null = null;
    let found: Place | null = null;
    for (const read of readers) {
      const place = read(fields);
      if (place === null) continue;
      if (place === 'masked') masked = true;
      else if ('reason' in place) {
        // 0, 0 stands for "not known": another way may know it.
        if (place.reason !== zeroReason) return place;
        fault ??= place;
      } else {
        if (given === '') given = place.given;
        if (place.placedBy === null) continue;
        found = place;
        break;
      }
    }
    if (masked) tally.addMasked();
    if (!found) return fault ?? (given === '' && !masked ? nowhere : { ...nowhere, given, masked });
    return found.given === given && !masked ? found : { ...found, given, masked };
  };
}

function createReader(columns: PlaceColumns, profile: Profile, locate: Locate, tally: Tally): Read {
  switch (columns.system) {
    case 'wgs84':
    case 'bng':
      return createCoordinateReader(columns, profile, locate);
    case 'postcode': {
      const { column } = columns;
      return lookUp((fields) => cellOf(fields, column), 'postcode', column.name, locate.postcode, tally);
    }
    case 'street': {
      const { text, town } = columns;
      const find = (street: string) => locate.street(street, town);
      return lookUp((fields) => textOf(fields, text), 'street', text.name, find, tally);
    }
    case 'area':
      return createAreaReader(columns);
  }
}

function createCoordinateReader(columns: CoordinateColumns, profile: Profile, locate: Locate): Read {
  return (fields) => {
    const x = cellOf(fields, columns.x);
    const y = cellOf(fields, columns.y);
    if (x === '' && y === '') return null;
    if (isMasked(x) || isMasked(y)) return 'masked';
    return readCoordinates(x, y, columns, profile, locate);
  };
}

function isMasked(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  const endsInDigit = last >= 48 && last <= 57;
  return !endsInDigit && maskedNumber.test(text);
}

function lookUp(
  textIn: (fields: readonly string[]) => string,
  placedBy: 'postcode' | 'street',
  column: string,
  find: (text: string) => FoundPlace | null,
  tally: Tally,
): Read {
  return (fields) => {
    const text = textIn(fields);
    if (text === '') return null;
    const given = `${placedBy} ${text}`;
    const found = find(text);
    if (!found) {
      tally.addNotFound(column);
      return { ...nowhere, given };
    }
    const { lat, lng, withinMetres } = found;
    return { lat, lng, placedBy, withinMetres, area: null, given, masked: false };
  };
}

function createAreaReader({ layer, column, within }: PlaceColumns & { readonly system: 'area' }): Read {
  return (fields) => {
    const name = cellOf(fields, column);
    if (name === '') return null;
    const area = { layer, name, within: within ? cellOf(fields, within) : '' };
    return { ...nowhere, placedBy: 'area only', area, given: `area ${layer} ${name} ${area.within}` };
  };
}
