import type { Ranked } from '../map/ranking.ts';
import type { Cell } from '../measures/measures.ts';
import type { CellValues } from './cell-values.ts';

/** The hexagons with an incident by count; names are made only for those that are asked for. */
export type CellRanking = {
  /** How many have an incident. */
  readonly size: number;
  /** The hexagon in a place of the order, from 0. */
  at(position: number): Ranked<Cell>;
  /** A hexagon with its rank; null for one without an incident. */
  find(cell: string): Ranked<Cell> | null;
};

/** Ranks hexagons by count, highest first; equal counts share a rank and come in the order of their index. */
export function rankCells(values: CellValues | null): CellRanking {
  const counts = values?.counts ?? [];
  let size = 0;
  for (let index = 0; index < counts.length; index++) if ((counts[index] as number) > 0) size++;
  let order: Float64Array | null = null;
  const ranked = (index: number): Ranked<Cell> => ({
    ...(values as CellValues).cellAt(index),
    ...rankOf(counts, counts[index] as number),
  });
  return {
    size,
    at(position) {
      order ??= orderByCount(counts);
      return ranked((order[position] as number) % counts.length);
    },
    find(cell) {
      const index = values?.indexOf(cell) ?? -1;
      return index >= 0 && (counts[index] as number) > 0 ? ranked(index) : null;
    },
  };
}

/** Count and index in one number each, so that they are sorted without a call for each pair. */
function orderByCount(counts: ArrayLike<number>): Float64Array {
  let most = 0;
  for (let index = 0; index < counts.length; index++) most = Math.max(most, counts[index] as number);
  return Float64Array.from(counts, (count, index) => (most - count) * counts.length + index).sort();
}

function rankOf(counts: ArrayLike<number>, count: number): { rank: number; tied: boolean } {
  let [above, equal] = [0, 0];
  for (let index = 0; index < counts.length; index++) {
    if ((counts[index] as number) > count) above++;
    else if (counts[index] === count) equal++;
  }
  return { rank: above + 1, tied: equal > 1 };
}
