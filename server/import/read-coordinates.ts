import type { Position } from '../model.ts';
import type { CoordinateColumns } from './match-columns.ts';
import type { Locate, Place } from './parse-place.ts';
import type { Profile } from './profile.ts';
import type { Problem } from './reject.ts';

/** Each digit can be read in one way only: a cell of a million digits is refused as fast as it is read. */
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** What is said of 0, 0: there is no place there, and no row means it. */
export const zeroReason = '0, 0 stands for a place that is not known; leave both coordinates blank';
const gridReason =
  'easting runs from 0 to 700,000 metres and northing from 0 to 1,300,000; correct them or leave both blank';

/** Reads a pair of coordinates, of which at least one is filled in; the answer is a problem when they are no place. */
export function readCoordinates(
  x: string,
  y: string,
  columns: CoordinateColumns,
  profile: Profile,
  locate: Locate,
): Place | Problem {
  if (x === '') return halfPlace(columns.x.name, columns.y.name);
  if (y === '') return halfPlace(columns.y.name, columns.x.name);
  if (!decimal.test(x)) return notNumber(columns.x.name, x);
  if (!decimal.test(y)) return notNumber(columns.y.name, y);
  const read = columns.system === 'wgs84' ? readDegrees : readMetres;
  return read(Number(x), Number(y), columns, profile, locate);
}

function readDegrees(lng: number, lat: number, columns: CoordinateColumns, profile: Profile, locate: Locate) {
  const problem = degreesProblem(profile, { lat, lng }, locate);
  if (problem === null) return placed({ lat, lng }, `${lat} ${lng}`, columns);
  return { column: `${columns.y.name}, ${columns.x.name}`, value: `${lat}, ${lng}`, reason: problem };
}

function degreesProblem(profile: Profile, { lat, lng }: Position, locate: Locate): string | null {
  const problem = profile.country === 'uk' ? locate.placeProblem('uk', { lat, lng }) : anywhereProblem(lat, lng);
  if (problem === 'zero') return zeroReason;
  if (problem === 'swapped') return 'latitude and longitude look exchanged; put each in its own column';
  if (Math.abs(lat) > 90 || Math.abs(lng) > 180) {
    return 'these are not degrees; metres of the British National Grid belong in easting and northing';
  }
  if (problem === 'outside') return outsideReason;
  return isWithin(profile, lat, lng) ? null : boundsReason;
}

function anywhereProblem(lat: number, lng: number): 'zero' | 'swapped' | null {
  if (lat === 0 && lng === 0) return 'zero';
  return Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lng) <= 90 ? 'swapped' : null;
}

/** The British National Grid covers 700 by 1,300 kilometres. */
const gridWidth = 700_000;
const gridHeight = 1_300_000;

function readMetres(x: number, y: number, columns: CoordinateColumns, profile: Profile, locate: Locate) {
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
  if (locate.placeProblem('uk', position) !== null) return { ...fault, reason: outsideReason };
  if (!isWithin(profile, position.lat, position.lng)) return { ...fault, reason: boundsReason };
  return placed(position, `${x} ${y}`, columns);
}

const outsideReason = 'the place is outside the United Kingdom; correct the coordinates or leave both blank';
const boundsReason = 'the place is outside the bounds of the profile; correct the coordinates or leave both blank';

function isWithin({ bounds }: Profile, lat: number, lng: number): boolean {
  if (!bounds) return true;
  return lat >= bounds.south && lat <= bounds.north && lng >= bounds.west && lng <= bounds.east;
}

function placed({ lat, lng }: Position, given: string, { withinMetres }: CoordinateColumns): Place {
  return { lat, lng, placedBy: 'coordinates', withinMetres, area: null, given, masked: false };
}

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
