import type { MultiPolygon, Polygon } from 'geojson';
import { type CellIndex, cellOfKey, keyOfCell } from '../count/cell-index.ts';
import { sumByCell } from '../count/sums.ts';
import { touchingCells } from '../locate/cell-neighbours.ts';
import { cellsOfArea } from '../locate/cells-of-areas.ts';
import { meanCellArea } from '../locate/mean-cell-area.ts';
import { shared, sharedCopy } from '../shared-array.ts';
import { type Neighbours, neighboursFromLists } from '../statistics/neighbours.ts';
import { inThread, task } from '../threads.ts';

/** More cells than this are joined up in a thread: it takes some microseconds a cell. */
const manyCells = 3_000;
/** More places than this are gone through in a thread: it takes some nanoseconds a place, more at the first time. */
const manyPlaces = 50_000;
const module = new URL('./study-cells.ts', import.meta.url);
const gatherTask = task<typeof gatherCells>(module, 'gatherCells', 'quick');
const sumTask = task<typeof sumLists>(module, 'sumLists', 'quick');
const joinTask = task<typeof joinCells>(module, 'joinCells', 'quick');
const fillTask = task<typeof fillAreas>(module, 'fillAreas');

/** Values by place: counts, or weights. */
type ByPlace = ArrayLike<number>;
/** Cells by their keys, rising; and how many of them lie in no area. */
export type GatheredCells = { readonly keys: Float64Array; readonly added: number };
type HeldCells = Pick<CellIndex, 'keys' | 'cellOfPlace'>;

/** The cells that lie in areas, given by lists of keys, and the held ones in which any of the lists has something. */
export async function cellsInOrCounted(
  inAreas: readonly Float64Array[],
  { keys, cellOfPlace }: CellIndex,
  counted: readonly ByPlace[],
): Promise<GatheredCells> {
  const held = { keys, cellOfPlace };
  return isMany(held) ? inThread(gatherTask, inAreas, held, counted) : gatherCells(inAreas, held, counted);
}

/** As `cellsInOrCounted`, here and now. */
export function gatherCells(
  inAreas: readonly Float64Array[],
  held: HeldCells,
  counted: readonly ByPlace[],
): GatheredCells {
  const inside = new Set<number>();
  for (const keys of inAreas) for (const key of keys) inside.add(key);
  const hasAny = new Uint8Array(held.keys.length + 1);
  for (const byPlace of counted)
    for (let place = 0; place < byPlace.length; place++) if (byPlace[place]! > 0) hasAny[held.cellOfPlace[place]!] = 1;
  const added = held.keys.filter((key, cell) => hasAny[cell] === 1 && !inside.has(key));
  const keys = shared(Float64Array, inside.size + added.length);
  keys.set([...inside]);
  keys.set(added, inside.size);
  return { keys: keys.sort(), added: added.length };
}

/** Each of some lists of places summed into cells, given by their keys, rising. */
export async function sumsByCell(
  { keys, cellOfPlace }: CellIndex,
  cells: Float64Array,
  lists: readonly ByPlace[],
): Promise<Float64Array[]> {
  const held = { keys, cellOfPlace };
  return isMany(held) ? inThread(sumTask, held, cells, lists) : sumLists(held, cells, lists);
}

/** As `sumsByCell`, here and now. */
export function sumLists(held: HeldCells, cells: Float64Array, lists: readonly ByPlace[]): Float64Array[] {
  return lists.map((byPlace) => {
    const sums = sumByCell(held, byPlace);
    const ofCells = shared(Float64Array, cells.length);
    // both lists rise: walk them side by side
    for (let cell = 0, at = 0; cell < held.keys.length; cell++) {
      while (at < cells.length && cells[at]! < held.keys[cell]!) at++;
      if (cells[at] === held.keys[cell]) ofCells[at] = sums[cell]!;
    }
    return ofCells;
  });
}

function isMany({ cellOfPlace }: HeldCells): boolean {
  return cellOfPlace.length > manyPlaces;
}

/** Which cells touch, and their mean area in square metres. */
export type JoinedCells = { readonly neighbours: Neighbours; readonly cellArea: number };

/** Joins up cells given by their keys. */
export async function joinedCells(keys: Float64Array, resolution: number): Promise<JoinedCells> {
  return keys.length < manyCells ? joinCells(keys, resolution) : inThread(joinTask, keys, resolution);
}

/** As `joinedCells`, here and now. */
export function joinCells(keys: Float64Array, resolution: number): JoinedCells {
  const cells = Array.from(keys, (key) => cellOfKey(key, resolution));
  const { offsets, indices } = neighboursFromLists(touchingCells(cells));
  return {
    neighbours: { offsets: sharedCopy(Uint32Array, offsets), indices: sharedCopy(Uint32Array, indices) },
    cellArea: meanCellArea(cells),
  };
}

/** An area with its polygon as the text of a GeoJSON geometry. */
type AreaPolygon = { readonly code: string; readonly geometry: string };

/** The keys of the cells whose centres lie in each area, by its code; made in a thread. */
export function cellsByArea(areas: readonly AreaPolygon[], resolution: number): Promise<Map<string, Float64Array>> {
  return inThread(fillTask, areas, resolution);
}

/** As `cellsByArea`, here and now. */
export function fillAreas(areas: readonly AreaPolygon[], resolution: number): Map<string, Float64Array> {
  const keysIn = (geometry: Polygon | MultiPolygon) => Array.from(cellsOfArea(geometry, resolution), keyOfCell);
  const lists = areas.map(({ geometry }) => keysIn(JSON.parse(geometry)));
  // one piece of memory for all: threads take long to hand over thousands of pieces
  const all = sharedCopy(Float64Array, lists.flat());
  const keysOf = new Map<string, Float64Array>();
  let start = 0;
  areas.forEach(({ code }, area) => {
    const end = start + lists[area]!.length;
    keysOf.set(code, all.subarray(start, end));
    start = end;
  });
  return keysOf;
}
