import { latLngToCell } from 'h3-js';
import { shared, sharedCopy } from '../shared-array.ts';
import type { BuiltPlaces } from './build-places.ts';
import type { Columns, Places } from './columns.ts';
import { joinRanges, type PlaceRanges } from './place-ranges.ts';

/** The held cells of one resolution: sorted keys, and the cell in which each place lies. */
export type CellIndex = {
  readonly resolution: number;
  /** Low 52 bits of each cell's H3 index, rising: its id in tiles. */
  readonly keys: Float64Array;
  /** Position in `keys` of each place's cell; the number of keys for a place without a point and, last, for none. */
  readonly cellOfPlace: Uint32Array;
  /** The places of cell c in ranges: pairs in `bounds`, from `start[c]` to `start[c + 1]`. */
  readonly ranges: { readonly start: Uint32Array; readonly bounds: Uint32Array };
};

const cache = new WeakMap<Columns, Map<number, CellIndex>>();

/** The cells of a resolution in which anything is held; computed once for each set of columns. */
export function cellIndex(columns: Columns, resolution: number): CellIndex {
  return knownCellIndex(columns, resolution) ?? keepCellIndex(columns, buildCellIndex(columns.places, resolution));
}

/** The index of a resolution if it was made before. */
export function knownCellIndex(columns: Columns, resolution: number): CellIndex | undefined {
  return cache.get(columns)?.get(resolution);
}

/** Keeps an index made elsewhere (in a thread, for half a million places) as that of these columns. */
export function keepCellIndex(columns: Columns, index: CellIndex): CellIndex {
  const known = cache.get(columns) ?? new Map<number, CellIndex>();
  cache.set(columns, known.set(index.resolution, index));
  return index;
}

/** The H3 index, as H3 prints it, of a key at a resolution. */
export function cellOfKey(key: number, resolution: number): string {
  return `8${resolution.toString(16)}${key.toString(16).padStart(13, '0')}`;
}

/** The key of an H3 index: its low 52 bits, base cell and digits, exact in a double. */
export function keyOfCell(cell: string): number {
  return Number.parseInt(cell.slice(-13), 16);
}

/** The indexes made so far for these columns. */
export function knownCellIndexes(columns: Columns): CellIndex[] {
  return [...(cache.get(columns)?.values() ?? [])];
}

/**
 * Each place goes to the cell that holds its point. Going up from the leaf cell instead would be quicker and wrong:
 * hexagons do not nest exactly, so that near an edge a point's leaf can have another parent than the cell it lies in.
 */
export function buildCellIndex(places: Pick<Places, 'ids' | 'lats' | 'lngs'>, resolution: number): CellIndex {
  const keyOfPlace = new Float64Array(places.lats.length);
  for (let place = 0; place < keyOfPlace.length; place++) keyOfPlace[place] = keyAt(places, place, resolution);
  return indexKeys(keyOfPlace, resolution, places.ids.length);
}

/** The index of more places than before, in which only the new ones are looked up. */
export function extendCellIndex(former: CellIndex, { places, placeOfFormer }: BuiltPlaces): CellIndex {
  const keyOfPlace = new Float64Array(places.lats.length).fill(Number.NaN);
  for (let place = 0; place < former.cellOfPlace.length; place++) {
    // without a point there is no key, and the place now stands behind those with one
    const key = former.keys[former.cellOfPlace[place]!];
    if (key !== undefined) keyOfPlace[placeOfFormer[place]!] = key;
  }
  for (let place = 0; place < keyOfPlace.length; place++) {
    if (Number.isNaN(keyOfPlace[place])) keyOfPlace[place] = keyAt(places, place, former.resolution);
  }
  return indexKeys(keyOfPlace, former.resolution, places.ids.length);
}

function keyAt({ lats, lngs }: Pick<Places, 'lats' | 'lngs'>, place: number, resolution: number): number {
  return keyOfCell(latLngToCell(lats[place]!, lngs[place]!, resolution));
}

function indexKeys(keyOfPlace: Float64Array, resolution: number, places: number): CellIndex {
  const keys = sharedCopy(Float64Array, Float64Array.from(new Set(keyOfPlace)).sort());
  const positions = new Map<number, number>();
  keys.forEach((key, position) => {
    positions.set(key, position);
  });
  const cellOfPlace = shared(Uint32Array, places + 1).fill(keys.length, keyOfPlace.length);
  for (let place = 0; place < keyOfPlace.length; place++) cellOfPlace[place] = positions.get(keyOfPlace[place]!)!;
  return { resolution, keys, cellOfPlace, ranges: findRanges(keys.length, cellOfPlace) };
}

/** The places that lie in some cells, given by their positions among the held ones. */
export function placesInCells({ ranges: { start, bounds } }: CellIndex, cells: ArrayLike<number>): PlaceRanges {
  return joinRanges(Array.from(cells, (cell) => bounds.subarray(start[cell], start[cell + 1])));
}

function findRanges(cells: number, cellOfPlace: Uint32Array): CellIndex['ranges'] {
  // places without a point come last
  const without = cellOfPlace.indexOf(cells);
  const begins = (place: number) => place === 0 || cellOfPlace[place] !== cellOfPlace[place - 1];
  const start = shared(Uint32Array, cells + 1);
  for (let place = 0; place < without; place++) if (begins(place)) start[cellOfPlace[place]! + 1]! += 2;
  for (let cell = 0; cell < cells; cell++) start[cell + 1]! += start[cell]!;
  const next = start.slice();
  const bounds = shared(Uint32Array, start[cells]!);
  for (let place = 0; place < without; place++) {
    const cell = cellOfPlace[place]!;
    if (begins(place)) {
      bounds[next[cell]!] = place;
      next[cell]! += 2;
    }
    bounds[next[cell]! - 1] = place + 1;
  }
  return { start, bounds };
}
