import { cellOfKey } from '../count/cell-index.ts';
import { touchingCells } from '../locate/cell-neighbours.ts';
import { type Neighbours, neighboursFromLists } from '../statistics/neighbours.ts';
import { inThread, task } from '../threads.ts';

/** Cells that a statistic compares, in rising order of key, and which of them touch. */
export type StudyCells = { readonly keys: Float64Array; readonly neighbours: Neighbours };

/** More cells than this are joined up in a thread: it takes some microseconds a cell. */
const manyCells = 3_000;
const joinTask = task<typeof joinCells>(new URL('./study-cells.ts', import.meta.url), 'joinCells', 'quick');

/** Joins up cells given by their keys, in any order. */
export async function studyCells(unsorted: readonly number[], resolution: number): Promise<StudyCells> {
  const keys = Float64Array.from(unsorted).sort();
  const neighbours = keys.length < manyCells ? joinCells(keys, resolution) : await inThread(joinTask, keys, resolution);
  return { keys, neighbours };
}

/** The neighbours of each cell among the others. */
export function joinCells(keys: Float64Array, resolution: number): Neighbours {
  return neighboursFromLists(touchingCells(Array.from(keys, (key) => cellOfKey(key, resolution))));
}
