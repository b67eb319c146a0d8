import type { MaybeNumbers, Numbers } from './check-input.ts';
import { conditionalPermutation, type PermutationOptions } from './conditional-permutation.ts';
import { moments } from './moments.ts';
import type { Neighbours } from './neighbours.ts';

/**
 * A p for Local Moran's I which does not lean on the normal distribution: two-sided, seeded conditional permutation
 * (Anselin 1995; PySAL esda `Moran_Local`, two-sided).
 *
 * With the cell's own value held, I rises or falls with the total of its neighbours alone, so their total is ranked;
 * p = 2 min(rank from above, rank from below), at least 2 / (permutations + 1). Null where `conditionalPermutation` is,
 * and where the cell's value is the mean (I is 0 whatever the neighbours).
 */
export function localMoranPermutation(
  values: Numbers,
  neighbours: Neighbours,
  options: PermutationOptions,
): MaybeNumbers {
  const p = conditionalPermutation(values, neighbours, options);
  const { mean, variance } = moments(Float64Array.from(values));
  const flat = 1e-12 * Math.sqrt(variance);
  return p.map((value, cell) => (Math.abs((values[cell] as number) - mean) < flat ? null : value));
}
