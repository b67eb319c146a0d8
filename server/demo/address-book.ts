import { cellToLatLng, gridDisk, latLngToCell, uncompactCells } from 'h3-js';
import { InputError } from '../errors.ts';
import type { Position } from '../model.ts';
import { wardByCell, wardResolution } from './demo-wards.ts';
import { getOrSet } from './get-or-set.ts';
import type { DemoData, Place, Theme } from './read-demo-data.ts';
import { cumulate, drawIndex, type Random } from './seeded-random.ts';

/** A point where things happen again and again. */
export type Address = Position & { readonly location: string; readonly place: Place | null };

/** Draws the address of one incident of a theme in a ward. */
export type AddressBook = (ward: string, theme: Theme) => Address;

/** The groups that a theme draws from in a ward, with the running sums of their shares; `turn` makes its addresses its own. */
type Choice = { readonly groups: readonly Group[]; readonly cumulative: readonly number[]; readonly turn: number };
type Group = { readonly addresses: readonly Address[]; readonly cumulative: readonly number[] };

const metresPerDegree = 111_320;
/** A point this near to the middle of a cell of resolution 10 lies in it, and so do all its finer cells. */
const certainMetres = 32;
/** The disc that a cell of resolution 10 holds has about this radius. */
const cellMetres = 58;
const addressesPerStreet = 9;
const addressesOfOneStreet = 20;
const addressesWithoutStreet = 72;
const addressesPerCell = 3;
/** Open land is what lies within this distance of the built-up parts. */
const openLandMetres = 800;

/** Makes up the addresses of the demo: at the named places, in the built-up parts, and on open land. */
export function createAddressBook(data: DemoData, random: Random): AddressBook {
  const wardOf = wardByCell(data);
  const atPlaces = new Map(data.places.places.map((place) => [place, placeGroup(place, wardOf, random)]));
  const backgrounds = backgroundGroups(data, wardOf, random);
  const choices = new Map<Theme, Map<string, Choice>>();
  const choiceOf = (ward: string, { theme, background }: Theme): Choice => {
    const places = data.places.places.filter((place) => place.ward === ward && place.shares[theme]);
    const shares = places.map((place) => place.shares[theme] as number);
    const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
    const groups = places.map((place) => atPlaces.get(place) as Group);
    const others = backgrounds.get(`${ward}/${background}`) as Group;
    return { groups: [...groups, others], cumulative: cumulate([...shares, rest]), turn: Math.floor(random() * 1000) };
  };
  return (ward, theme) => {
    const byWard = getOrSet(choices, theme, () => new Map<string, Choice>());
    const { groups, cumulative, turn } = getOrSet(byWard, ward, () => choiceOf(ward, theme));
    const group = groups[drawIndex(cumulative, random)] as Group;
    const ranked = drawIndex(group.cumulative, random) + turn;
    return group.addresses[ranked % group.addresses.length] as Address;
  };
}

function placeGroup(place: Place, wardOf: ReadonlyMap<string, string>, random: Random): Group {
  const addresses =
    place.streets.length > 0
      ? place.streets.flatMap((street) => alongStreet(place, street, wardOf, random))
      : Array.from({ length: addressesWithoutStreet }, () => addressNear(place, wardOf, random));
  return rank(addresses, 2, random);
}

/** A street's addresses in a line; where it runs is made up, within what is known of the place. */
function alongStreet(place: Place, location: string, wardOf: ReadonlyMap<string, string>, random: Random): Address[] {
  const reach = Math.min(place.radiusMetres * 0.4, 120);
  const isOneStreet = place.streets.length === 1;
  const middle = isOneStreet ? place : addressNear(place, wardOf, random);
  const bearing = random() * 2 * Math.PI;
  const line = Array.from({ length: isOneStreet ? addressesOfOneStreet : addressesPerStreet }, () =>
    moved(offset(middle, (random() * 2 - 1) * reach, bearing), random() * 8, random),
  );
  const safe = line.filter((point) => liesInWard(point, place.ward, wardOf));
  const points = safe.length > 0 ? safe : [addressNear(place, wardOf, random)];
  return points.map((point) => ({ ...point, location, place }));
}

/** A point near a place and in its ward: the nearer, the more likely. */
function addressNear(place: Place, wardOf: ReadonlyMap<string, string>, random: Random): Address {
  for (let attempt = 0; attempt < 200; attempt++) {
    const point = moved(place, place.radiusMetres * 0.7 * Math.sqrt(random()), random);
    if (liesInWard(point, place.ward, wardOf)) return { ...point, location: '', place };
  }
  throw new InputError(`data/demo/places.json: ${place.id} does not lie in ${place.ward}.`);
}

/** One group of street addresses and one of open land for every ward. */
function backgroundGroups(data: DemoData, wardOf: ReadonlyMap<string, string>, random: Random): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const { name, cells } of data.wards.wards) {
    const parts = data.places.builtUp.filter(({ ward }) => ward === name);
    const land = uncompactCells(cells, wardResolution).map((cell) => ({ cell, gap: gapTo(cell, parts) }));
    const streets = land.filter(({ gap }) => gap <= 0);
    const open = land.filter(({ gap }) => gap > 0 && gap <= openLandMetres);
    const reachOf = (cell: string) => (isSurrounded(cell, wardOf) ? cellMetres : certainMetres);
    const inStreets = inCells(streets, addressesPerCell, reachOf, random);
    const inOpen = open.length > 0 ? inCells(open, 1, () => certainMetres, random) : inStreets;
    groups.set(`${name}/streets`, rank(inStreets, 6, random));
    groups.set(`${name}/open`, rank(inOpen, 6, random));
  }
  return groups;
}

/** Metres from a cell to the nearest built-up part; negative inside. A ward without parts is built up throughout. */
function gapTo(cell: string, parts: DemoData['places']['builtUp']): number {
  const [lat, lng] = cellToLatLng(cell);
  if (parts.length === 0) return 0;
  return Math.min(...parts.map((part) => metresBetween({ lat, lng }, part) - part.radiusMetres));
}

function inCells(
  cells: readonly { readonly cell: string }[],
  count: number,
  reachOf: (cell: string) => number,
  random: Random,
): readonly Address[] {
  return cells.flatMap(({ cell }) => {
    const [lat, lng] = cellToLatLng(cell);
    const reach = reachOf(cell);
    return Array.from({ length: count }, () => ({
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
    cumulative: cumulate(order.map((_, index) => 1 / (index + 1 + flatness) ** 0.95)),
  };
}

/** Whether a point is in the ward beyond doubt, by its polygon as by its H3 cells of any resolution. */
function liesInWard(point: Position, ward: string, wardOf: ReadonlyMap<string, string>): boolean {
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
