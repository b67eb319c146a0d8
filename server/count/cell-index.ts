import type { Columns } from './columns.ts';

/** The held cells of one resolution: sorted keys, and the run of places that lie in each. */
export type CellIndex = {
  readonly resolution: number;
  /** Low 52 bits of each cell's H3 index: its id in tiles. */
  readonly keys: Float64Array;
  /** Places of cell c are `placeStart[c]` to `placeStart[c + 1]`. */
  readonly placeStart: Uint32Array;
};

const bitsPerDigit = 3;
const digits = 15;
const cache = new WeakMap<Columns, Map<number, CellIndex>>();

/** The cells of a resolution in which anything is held; computed once for each set of columns. */
export function cellIndex(columns: Columns, resolution: number): CellIndex {
  const known = cache.get(columns) ?? new Map<number, CellIndex>();
  cache.set(columns, known);
  let index = known.get(resolution);
  if (!index) {
    index = buildCellIndex(columns.places.keys, resolution);
    known.set(resolution, index);
  }
  return index;
}

/** The key of a cell's ancestor: its unused digits are all ones, as H3 writes them. */
export function ancestorKey(key: number, resolution: number): number {
  const unused = 2 ** (bitsPerDigit * (digits - resolution));
  return Math.floor(key / unused) * unused + (unused - 1);
}

/** The H3 index, as H3 prints it, of a key at a resolution. */
export function cellOfKey(key: number, resolution: number): string {
  return `8${resolution.toString(16)}${key.toString(16).padStart(13, '0')}`;
}

/** The key of an H3 index: its low 52 bits. */
export function keyOfCell(cell: string): number {
  return Number.parseInt(cell.slice(-13), 16);
}

function buildCellIndex(placeKeys: Float64Array, resolution: number): CellIndex {
  const keys: number[] = [];
  const starts: number[] = [];
  let last = -1;
  for (let place = 0; place < placeKeys.length; place++) {
    const key = ancestorKey(placeKeys[place] as number, resolution);
    if (key === last) continue;
    last = key;
    keys.push(key);
    starts.push(place);
  }
  starts.push(placeKeys.length);
  return { resolution, keys: Float64Array.from(keys), placeStart: Uint32Array.from(starts) };
}
