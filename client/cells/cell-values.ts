import type { Cells } from '../../server/model.ts';
import type { Cell } from '../measures/measures.ts';
import { cellOfId, idOfCell } from './cell-id.ts';
import type { CompactCells } from './compact-cells.ts';

/** What both forms of an answer can tell of its hexagons; they come in the order of their index. */
type Values = Omit<Cells, 'cells'> & {
  /** How many hexagons there are. */
  readonly size: number;
  readonly counts: ArrayLike<number> & Iterable<number>;
  cellAt(index: number): Cell;
  /** Where a hexagon is; -1 where it is not among them. */
  indexOf(cell: string): number;
};

/** Plain counts, as numbers without names: a hundred thousand of them must not hold up a click. */
export type CountedCells = Values & { readonly kind: 'counts'; readonly ids: Float64Array };
/** Statistics, as the service describes each hexagon. */
export type MeasuredCells = Values & { readonly kind: 'statistics'; readonly cells: readonly Cell[] };
/** The hexagons of an answer with their values. */
export type CellValues = CountedCells | MeasuredCells;

type Totals = { readonly total: number; readonly located: number; readonly version: number };

/** Counts out of the compact form. */
export function countedCells({ resolution, ids, counts, previous }: CompactCells, totals: Totals): CountedCells {
  const cellAt = (index: number): Cell => ({
    cell: cellOfId(ids[index] as number, resolution),
    count: counts[index] as number,
    ...(previous && { previous: previous[index] as number }),
  });
  // The id leaves the resolution out: a hexagon of another one may have the id of one of these.
  const indexOf = (cell: string) => {
    const index = indexOfId(ids, idOfCell(cell));
    return index >= 0 && cellOfId(ids[index] as number, resolution) === cell ? index : -1;
  };
  return { kind: 'counts', resolution, ...totals, size: ids.length, ids, counts, cellAt, indexOf };
}

/** Statistics out of their JSON. */
export function measuredCells(answer: Cells): MeasuredCells {
  const { cells } = answer;
  const indices = new Map(cells.map(({ cell }, index) => [cell, index]));
  return {
    kind: 'statistics',
    ...answer,
    size: cells.length,
    counts: Float64Array.from(cells, ({ count }) => count),
    cellAt: (index) => cells[index] as Cell,
    indexOf: (cell) => indices.get(cell) ?? -1,
  };
}

/** Where an id is among rising ones; -1 where it is not. */
export function indexOfId(ids: Float64Array, id: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}
