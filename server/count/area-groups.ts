import { shared } from '../shared-array.ts';
import type { AreaLayer, CountedColumns } from './columns.ts';

/** Counts by area of a layer, zeros included. */
export type AreaCounts = {
  readonly total: number;
  /** Those at places with a point. */
  readonly located: number;
  /** In the order of the layer. */
  readonly inside: Uint32Array;
  /** At a place, but in none of the areas. */
  readonly outside: number;
  /** Those of `outside` of which only another area is known. */
  readonly unmatched: number;
};

/**
 * Groups of places by area: the areas of the layer (as many as told) and "none of them" for places with a point, the
 * same again for places without, and last what has no place.
 */
export function areaGroups(
  { pointPlaces }: Pick<CountedColumns, 'pointPlaces'>,
  { areaOfPlace }: Pick<AreaLayer, 'areaOfPlace'>,
  areas: number,
): Uint32Array {
  const groupOf = shared(Uint32Array, areaOfPlace.length + 1);
  for (let place = 0; place < areaOfPlace.length; place++) {
    const area = areaOfPlace[place]! < 0 ? areas : areaOfPlace[place]!;
    groupOf[place] = place < pointPlaces ? area : areas + 1 + area;
  }
  groupOf[areaOfPlace.length] = areaGroupCount(areas) - 1;
  return groupOf;
}

/** How many groups `areaGroups` makes of a number of areas. */
export function areaGroupCount(areas: number): number {
  return 2 * (areas + 1) + 1;
}

/** Counts by area from counts by the groups of `areaGroups`. */
export function sumAreaGroups(counts: Uint32Array): AreaCounts {
  const areas = (counts.length - 1) / 2 - 1;
  const points = counts.subarray(0, areas + 1);
  const others = counts.subarray(areas + 1, 2 * (areas + 1));
  const sum = (values: Uint32Array) => values.reduce((total, value) => total + value, 0);
  return {
    total: sum(counts),
    located: sum(points),
    inside: points.slice(0, areas).map((count, area) => count + others[area]!),
    outside: points[areas]! + others[areas]!,
    unmatched: others[areas]!,
  };
}
