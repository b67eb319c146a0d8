import type { AreaLayer } from './columns.ts';
import { lowerBound } from './lower-bound.ts';

/** Places in pairs, rising: from the first of a pair up to, not including, the second. Those of a ward lie close together. */
export type PlaceRanges = Uint32Array;

const rangesByArea = new WeakMap<AreaLayer, readonly (readonly number[])[]>();

/** The places that lie in an area of a layer, given by its index; all areas of a layer are looked up together, once. */
export function placesInArea(layer: AreaLayer, area: number): readonly number[] {
  const byArea = rangesByArea.get(layer) ?? findRanges(layer);
  rangesByArea.set(layer, byArea);
  return byArea[area]!;
}

function findRanges({ areas, areaOfPlace }: AreaLayer): number[][] {
  const byArea: number[][] = areas.map(() => []);
  for (let first = 0; first < areaOfPlace.length; ) {
    const area = areaOfPlace[first]!;
    let end = first + 1;
    while (end < areaOfPlace.length && areaOfPlace[end] === area) end++;
    byArea[area]?.push(first, end);
    first = end;
  }
  return byArea;
}

/** Lists of ranges as one, in which none overlap or touch. */
export function joinRanges(lists: readonly ArrayLike<number>[]): PlaceRanges {
  const pairs: [number, number][] = [];
  for (const list of lists) for (let at = 0; at < list.length; at += 2) pairs.push([list[at]!, list[at + 1]!]);
  pairs.sort(([a], [b]) => a - b);
  const joined: number[] = [];
  for (const [first, end] of pairs) {
    if (joined.length > 0 && first <= joined.at(-1)!) joined[joined.length - 1] = Math.max(joined.at(-1)!, end);
    else joined.push(first, end);
  }
  return Uint32Array.from(joined);
}

/** The places that are in both of two lists of ranges. */
export function intersectRanges(one: PlaceRanges, other: PlaceRanges): PlaceRanges {
  const both: number[] = [];
  for (let a = 0, b = 0; a < one.length && b < other.length; ) {
    const first = Math.max(one[a]!, other[b]!);
    const end = Math.min(one[a + 1]!, other[b + 1]!);
    if (first < end) both.push(first, end);
    if (one[a + 1]! < other[b + 1]!) a += 2;
    else b += 2;
  }
  return Uint32Array.from(both);
}

/** The single places in ranges, rising. */
export function placesOf(ranges: PlaceRanges): number[] {
  const places: number[] = [];
  for (let at = 0; at < ranges.length; at += 2)
    for (let place = ranges[at]!; place < ranges[at + 1]!; place++) places.push(place);
  return places;
}

/** Whether a place is in the ranges. */
export function isInRanges(ranges: PlaceRanges, place: number): boolean {
  // an odd number of bounds lie at or before a place inside
  return lowerBound(ranges, 0, ranges.length, place + 1) % 2 === 1;
}

/** Ranges of the places before a bound, and of those from it on. */
export function splitAt(ranges: PlaceRanges, bound: number): [PlaceRanges, PlaceRanges] {
  const before: number[] = [];
  const after: number[] = [];
  for (let at = 0; at < ranges.length; at += 2) {
    const [first, end] = [ranges[at]!, ranges[at + 1]!];
    if (first < bound) before.push(first, Math.min(end, bound));
    if (end > bound) after.push(Math.max(first, bound), end);
  }
  return [Uint32Array.from(before), Uint32Array.from(after)];
}

/** Splits ranges into parts of about equally many incidents, for as many threads; `before` as in the columns. */
export function splitRanges(ranges: PlaceRanges, before: Uint32Array, parts: number): PlaceRanges[] {
  const share = incidentsIn(ranges, before) / parts;
  const split: number[][] = [[]];
  let room = share;
  for (let at = 0; at < ranges.length; at += 2) {
    let first = ranges[at]!;
    const end = ranges[at + 1]!;
    while (split.length < parts && first < end && before[end]! - before[first]! >= room) {
      const bound = lowerBound(before, first + 1, end, before[first]! + room);
      split.at(-1)!.push(first, bound);
      split.push([]);
      room = share;
      first = bound;
    }
    if (first === end) continue;
    split.at(-1)!.push(first, end);
    room -= before[end]! - before[first]!;
  }
  return split.filter((part) => part.length > 0).map((part) => Uint32Array.from(part));
}

/** How many incidents are held at the places of the ranges. */
export function incidentsIn(ranges: PlaceRanges, before: Uint32Array): number {
  let sum = 0;
  for (let at = 0; at < ranges.length; at += 2) sum += before[ranges[at + 1]!]! - before[ranges[at]!]!;
  return sum;
}
