import type { Neighbours } from './neighbours.ts';

/** The sums over the matrix of weights that the global statistics' variances need (Cliff & Ord 1981). */
export type WeightSums = { readonly cells: number; readonly s0: number; readonly s1: number; readonly s2: number };

/**
 * S0 = sum of w_ij, S1 = half the sum of (w_ij + w_ji)^2, S2 = sum of (row sum + column sum)^2, for mutual neighbours;
 * `cells` counts cells with neighbours, as R spdep does.
 */
export function weightSums({ offsets, indices }: Neighbours, rowStandardised: boolean): WeightSums {
  const n = offsets.length - 1;
  const degree = (cell: number) => (offsets[cell + 1] as number) - (offsets[cell] as number);
  const weight = (cell: number) => (rowStandardised ? 1 / degree(cell) : 1);
  const sums = { cells: 0, s0: 0, s1: 0, s2: 0 };
  for (let cell = 0; cell < n; cell++) {
    if (degree(cell) === 0) continue;
    let column = 0;
    for (let at = offsets[cell] as number; at < (offsets[cell + 1] as number); at++) {
      const back = weight(indices[at] as number);
      column += back;
      sums.s1 += (weight(cell) + back) ** 2 / 2;
    }
    const row = degree(cell) * weight(cell);
    sums.cells++;
    sums.s0 += row;
    sums.s2 += (row + column) ** 2;
  }
  return sums;
}
