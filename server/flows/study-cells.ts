import type { MultiPolygon, Polygon } from 'geojson';
import { cellOfKey, keyOfCell } from '../count/cell-index.ts';
import { touchingCells } from '../locate/cell-neighbours.ts';
import { cellsOfArea } from '../locate/cells-of-areas.ts';
import { type Neighbours, neighboursFromLists } from '../statistics/neighbours.ts';
import { inThread, task } from '../threads.ts';

/** Cells that a statistic compares, in rising order of key, and which of them touch. */
export type StudyCells = {
  readonly keys: Float64Array;
  readonly cells: readonly string[];
  readonly neighbours: Neighbours;
};

/** More cells than this are joined up in a thread: it takes some microseconds a cell. */
const manyCells = 3_000;
const module = new URL('./study-cells.ts', import.meta.url);
const joinTask = task<typeof joinCells>(module, 'joinCells', 'quick');
const fillTask = task<typeof fillAreas>(module, 'fillAreas');

/** Joins up cells given by their keys, in any order. */
export async function studyCells(unsorted: readonly number[], resolution: number): Promise<StudyCells> {
  const keys = Float64Array.from(unsorted).sort();
  const joined = keys.length < manyCells ? joinCells(keys, resolution) : await inThread(joinTask, keys, resolution);
  return { keys, ...joined };
}

/** Cells by their keys, and the neighbours of each among the others. */
export function joinCells(keys: Float64Array, resolution: number): Omit<StudyCells, 'keys'> {
  const cells = Array.from(keys, (key) => cellOfKey(key, resolution));
  return { cells, neighbours: neighboursFromLists(touchingCells(cells)) };
}

/** An area with its polygon as the text of a GeoJSON geometry. */
type AreaPolygon = { readonly code: string; readonly geometry: string };

/** The keys of the cells whose centres lie in each area, by its code; made in a thread. */
export function cellsByArea(areas: readonly AreaPolygon[], resolution: number): Promise<Map<string, Float64Array>> {
  return inThread(fillTask, areas, resolution);
}

/** As `cellsByArea`, here and now. */
export function fillAreas(areas: readonly AreaPolygon[], resolution: number): Map<string, Float64Array> {
  const keysIn = (geometry: Polygon | MultiPolygon) => Float64Array.from(cellsOfArea(geometry, resolution), keyOfCell);
  return new Map(areas.map(({ code, geometry }) => [code, keysIn(JSON.parse(geometry))]));
}
