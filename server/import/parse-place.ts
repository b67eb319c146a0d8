import type { Position } from '../model.ts';
import type { PlaceColumns } from './match-columns.ts';
import type { Problem } from './reject.ts';

/** What parsing needs from `locate/`, handed in because stages do not import one another. */
export type Locate = {
  /** Turns British National Grid metres into WGS84 degrees. */
  readonly bngToWgs84: (easting: number, northing: number) => Position;
  /** What is wrong with a position in a country; null when it lies within. */
  readonly placeProblem: (country: 'uk', position: Position) => 'zero' | 'swapped' | 'outside' | null;
};

/** A place with the coordinates as the file gave them, which identity is made of. */
export type Place = Position & { readonly given: string };

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Reads the first pair of coordinates that is filled in; null when all are blank. */
export function parsePlace(
  fields: readonly string[],
  places: readonly PlaceColumns[],
  country: 'uk',
  locate: Locate,
): Place | Problem | null {
  for (const columns of places) {
    const x = (fields[columns.x.index] as string).trim();
    const y = (fields[columns.y.index] as string).trim();
    if (x === '' && y === '') continue;
    if (x === '') return halfPlace(columns.x.name, columns.y.name);
    if (y === '') return halfPlace(columns.y.name, columns.x.name);
    if (!decimal.test(x)) return notNumber(columns.x.name, x);
    if (!decimal.test(y)) return notNumber(columns.y.name, y);
    const read = columns.system === 'wgs84' ? readDegrees : readMetres;
    return read(Number(x), Number(y), columns, country, locate);
  }
  return null;
}

function readDegrees(lng: number, lat: number, columns: PlaceColumns, country: 'uk', locate: Locate): Place | Problem {
  const problem = locate.placeProblem(country, { lat, lng });
  if (problem === null) return { lat, lng, given: `${lat} ${lng}` };
  const fault = { column: `${columns.y.name}, ${columns.x.name}`, value: `${lat}, ${lng}` };
  if (problem === 'zero') return { ...fault, reason: zeroReason };
  if (problem === 'swapped') {
    return { ...fault, reason: 'latitude and longitude look exchanged; put each in its own column' };
  }
  const reason =
    Math.abs(lat) > 90 || Math.abs(lng) > 180
      ? 'these are not degrees; metres of the British National Grid belong in easting and northing'
      : 'the place is outside the United Kingdom; correct the coordinates or leave both blank';
  return { ...fault, reason };
}

/** The British National Grid covers 700 by 1,300 kilometres. */
const gridWidth = 700_000;
const gridHeight = 1_300_000;

function readMetres(x: number, y: number, columns: PlaceColumns, country: 'uk', locate: Locate): Place | Problem {
  const fault = { column: `${columns.x.name}, ${columns.y.name}`, value: `${x}, ${y}` };
  if (x === 0 && y === 0) return { ...fault, reason: zeroReason };
  if (x < 0 || x > gridWidth || y < 0 || y > gridHeight) return { ...fault, reason: gridReason };
  if (x <= 180 && y <= 180) {
    return {
      ...fault,
      reason: 'these look like degrees; they belong in latitude and longitude, not easting and northing',
    };
  }
  const position = locate.bngToWgs84(x, y);
  if (locate.placeProblem(country, position) === null) return { ...position, given: `${x} ${y}` };
  return { ...fault, reason: 'the place is outside the United Kingdom; correct the coordinates or leave both blank' };
}

const zeroReason = '0, 0 stands for a place that is not known; leave both coordinates blank';
const gridReason =
  'easting runs from 0 to 700,000 metres and northing from 0 to 1,300,000; correct them or leave both blank';

function halfPlace(blank: string, filled: string): Problem {
  return { column: blank, value: '', reason: `only ${filled} is filled in; give both coordinates or neither` };
}

function notNumber(column: string, value: string): Problem {
  const comma = value.includes(',') ? ' and no comma' : '';
  return {
    column,
    value,
    reason: `this is not a number; write it with digits and a decimal point${comma}, as in 54.6863`,
  };
}
