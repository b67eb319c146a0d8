import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js';
import { InputError } from '../errors.ts';
import type { Position } from '../model.ts';
import { wardByCell, wardResolution } from './demo-wards.ts';
import type { DemoData, Place, Theme } from './read-demo-data.ts';
import { cumulate, drawIndex, type Random } from './seeded-random.ts';

/** A point where things happen again and again. */
export type Address = Position & { readonly location: string; readonly place: Place | null };

/** Draws the address of one incident of a theme in a ward. */
export type AddressBook = (ward: string, theme: Theme) => Address;

type Group = { readonly addresses: readonly Address[]; readonly cumulative: readonly number[] };

const metresPerDegree = 111_320;
/** A point this near to the middle of a cell of resolution 10 lies in it, and so do all its finer cells. */
const certainMetres = 32;
/** The disc that a cell of resolution 10 holds has about this radius. */
const cellMetres = 58;
const addressesPerStreet = 8;
const addressesPerCell = 3;
/** Open land is what lies within this distance of the built-up parts. */
const openLandMetres = 1200;

/** Makes up the addresses of the demo: at the named places, in the built-up parts, and on open land. */
export function createAddressBook(data: DemoData, random: Random): AddressBook {
  const wardOf = wardByCell(data);
  const atPlaces = new Map(data.places.places.map((place) => [place, placeGroup(place, wardOf, random)]));
  const backgrounds = backgroundGroups(data, wardOf, random);
  const choices = new Map<string, readonly Group[]>();
  const cumulatives = new Map<string, readonly number[]>();
  return (ward, { theme, background }) => {
    const key = `${ward}/${theme}`;
    if (!choices.has(key)) {
      const places = data.places.places.filter((place) => place.ward === ward && place.shares[theme]);
      const shares = places.map((place) => place.shares[theme] as number);
      const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
      const groups = places.map((place) => atPlaces.get(place) as Group);
      choices.set(key, [...groups, backgrounds.get(`${ward}/${background}`) as Group]);
      cumulatives.set(key, cumulate([...shares, rest]));
    }
    const group = choices.get(key)?.[drawIndex(cumulatives.get(key) as number[], random)] as Group;
    return group.addresses[drawIndex(group.cumulative, random)] as Address;
  };
}

function placeGroup(place: Place, wardOf: ReadonlyMap<string, string>, random: Random): Group {
  const reach = Math.min(place.radiusMetres * 0.4, 120);
  const streets = place.streets.length > 0 ? place.streets : ['', '', ''];
  const isOneStreet = place.streets.length === 1;
  const addresses = streets.flatMap((location) => {
    const middle = isOneStreet ? place : moved(place, place.radiusMetres * 0.6 * Math.sqrt(random()), random);
    const bearing = random() * 2 * Math.PI;
    return Array.from({ length: addressesPerStreet }, () => {
      const along = offset(middle, (random() * 2 - 1) * reach, bearing);
      return { ...moved(along, random() * 8, random), location, place };
    });
  });
  const safe = addresses.filter((address) => lieInWard(address, place.ward, wardOf));
  if (safe.length === 0) throw new InputError(`data/demo/places.json: ${place.id} does not lie in ${place.ward}.`);
  return rank(safe, 1, random);
}

/** One group of street addresses and one of open land for every ward. */
function backgroundGroups(data: DemoData, wardOf: ReadonlyMap<string, string>, random: Random): Map<string, Group> {
  const cells = new Map<string, string[]>();
  for (const [cell, ward] of wardOf) {
    const kind = kindOfLand(cell, ward, data);
    if (kind === null) continue;
    const key = `${ward}/${kind}`;
    const list = cells.get(key);
    if (list) list.push(cell);
    else cells.set(key, [cell]);
  }
  const groups = new Map<string, Group>();
  for (const { name } of data.wards.wards) {
    const streets = cells.get(`${name}/streets`) ?? [];
    groups.set(`${name}/streets`, rank(inCells(streets, wardOf, random), 6, random));
    groups.set(`${name}/open`, rank(inCells(cells.get(`${name}/open`) ?? streets, wardOf, random), 6, random));
  }
  return groups;
}

function kindOfLand(cell: string, ward: string, data: DemoData): 'streets' | 'open' | null {
  const parts = data.places.builtUp.filter((part) => part.ward === ward);
  if (parts.length === 0) return 'streets';
  const [lat, lng] = cellToLatLng(cell);
  const gap = Math.min(...parts.map((part) => metresBetween({ lat, lng }, part) - part.radiusMetres));
  if (gap <= 0) return 'streets';
  return gap <= openLandMetres ? 'open' : null;
}

function inCells(cells: readonly string[], wardOf: ReadonlyMap<string, string>, random: Random): readonly Address[] {
  return cells.flatMap((cell) => {
    const [lat, lng] = cellToLatLng(cell);
    const reach = isSurrounded(cell, wardOf) ? cellMetres : certainMetres;
    return Array.from({ length: addressesPerCell }, () => ({
      ...moved({ lat, lng }, reach * Math.sqrt(random()), random),
      location: '',
      place: null,
    }));
  });
}

/** A few addresses see much, most see little: weights fall with a random rank (Zipf). */
function rank(addresses: readonly Address[], flatness: number, random: Random): Group {
  const order = addresses.map((address) => ({ address, key: random() })).sort((a, b) => a.key - b.key);
  return {
    addresses: order.map(({ address }) => address),
    cumulative: cumulate(order.map((_, index) => 1 / (index + 1 + flatness) ** 0.8)),
  };
}

/** Whether a point is in the ward beyond doubt, by its polygon as by its H3 cells of any resolution. */
function lieInWard(point: Position, ward: string, wardOf: ReadonlyMap<string, string>): boolean {
  const cell = latLngToCell(point.lat, point.lng, wardResolution);
  if (wardOf.get(cell) !== ward) return false;
  const [lat, lng] = cellToLatLng(cell);
  return metresBetween(point, { lat, lng }) <= certainMetres || isSurrounded(cell, wardOf);
}

function isSurrounded(cell: string, wardOf: ReadonlyMap<string, string>): boolean {
  const ward = wardOf.get(cell);
  return gridDisk(cell, 1).every((neighbour) => wardOf.get(neighbour) === ward);
}

function moved(from: Position, metres: number, random: Random): Position {
  return offset(from, metres, random() * 2 * Math.PI);
}

function offset({ lat, lng }: Position, metres: number, bearing: number): Position {
  const degrees = metres / metresPerDegree;
  const eastwards = (degrees * Math.sin(bearing)) / Math.cos((lat * Math.PI) / 180);
  return { lat: round(lat + degrees * Math.cos(bearing)), lng: round(lng + eastwards) };
}

function metresBetween(a: Position, b: Position): number {
  const north = (a.lat - b.lat) * metresPerDegree;
  const east = (a.lng - b.lng) * metresPerDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** Six decimals are a tenth of a metre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
