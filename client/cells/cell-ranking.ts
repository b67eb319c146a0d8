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
  const indexAt = (position: number) => ((order as Float64Array)[position] as number) % counts.length;
  return {
    size,
    at(position) {
      order ??= orderByCount(counts);
      const index = indexAt(position);
      const sameAs = (other: number) => other >= 0 && other < size && counts[indexAt(other)] === counts[index];
      let first = position;
      while (sameAs(first - 1)) first--;
      const tied = first < position || sameAs(position + 1);
      return { ...(values as CellValues).cellAt(index), rank: first + 1, tied };
    },
    find(cell) {
      const index = values?.indexOf(cell) ?? -1;
      if (!values || index < 0 || !((counts[index] as number) > 0)) return null;
      return { ...values.cellAt(index), ...rankOf(counts, counts[index] as number) };
    },
  };
}

/** Count and index in one number each, so that they are sorted without a call for each pair. */
function orderByCount(counts: ArrayLike<number>): Float64Array {
  let most = 0;
  for (let index = 0; index < counts.length; index++) most = Math.max(most, counts[index] as number);
  const order = new Float64Array(counts.length);
  for (let index = 0; index < order.length; index++)
    order[index] = (most - (counts[index] as number)) * order.length + index;
  return order.sort();
}

function rankOf(counts: ArrayLike<number>, count: number): { rank: number; tied: boolean } {
  let [above, equal] = [0, 0];
  for (let index = 0; index < counts.length; index++) {
    if ((counts[index] as number) > count) above++;
    else if (counts[index] === count) equal++;
  }
  return { rank: above + 1, tied: equal > 1 };
}
