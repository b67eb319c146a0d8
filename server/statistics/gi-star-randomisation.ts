import { finiteValues, type MaybeNumbers, type Numbers, requireWhole } from './check-input.ts';
import type { PermutationOptions } from './conditional-permutation.ts';
import { moments } from './moments.ts';
import { type Neighbours, requireNeighbours } from './neighbours.ts';
import { createRandom } from './random.ts';

/**
 * The p of Gi* under the very null hypothesis its z describes, without the normal approximation: the total of a
 * neighbourhood among totals of as many cells drawn from the whole study area, the cell itself not held. Two-sided, seeded.
 *
 * Gi*'s mean and variance are those of a sample without replacement (Ord & Getis 1995), so the reference totals depend on
 * the number of cells in the neighbourhood only and are drawn once for each size: 99,999 draws are cheap, and p gets small
 * enough to stand a correction for many tests. p = min(1, 2 min(a, b)), a = (1 + draws at least as high) /
 * (permutations + 1), b as low. Null where Gi* is null.
 */
export function giStarRandomisation(
  values: Numbers,
  neighbours: Neighbours,
  { permutations, seed }: PermutationOptions,
): MaybeNumbers {
  const x = finiteValues('values', values);
  requireNeighbours(neighbours, x.length);
  requireWhole('permutations', permutations, 1);
  const p: (number | null)[] = new Array(x.length).fill(null);
  const { variance } = moments(x);
  if (variance === 0) return p;
  const slack = 1e-9 * Math.sqrt(variance);
  const totalsBySize = new Map<number, Float64Array>();
  const { offsets, indices } = neighbours;
  for (let cell = 0; cell < x.length; cell++) {
    const own = indices.subarray(offsets[cell], offsets[cell + 1]);
    const size = own.length + 1;
    if (size === x.length) continue;
    if (!totalsBySize.has(size)) totalsBySize.set(size, sortedTotals(x, size, permutations, seed));
    let observed = x[cell] as number;
    for (const other of own) observed += x[other] as number;
    p[cell] = rankAmong(totalsBySize.get(size) as Float64Array, observed, slack);
  }
  return p;
}

/** Totals of `size` distinct cells drawn at random, in rising order: the start of a shuffle, again and again. */
function sortedTotals(x: Float64Array, size: number, permutations: number, seed: number): Float64Array {
  const random = createRandom(seed, size);
  const pool = x.slice();
  const totals = new Float64Array(permutations);
  for (let round = 0; round < permutations; round++) {
    let total = 0;
    for (let i = 0; i < size; i++) {
      const pick = i + random.below(pool.length - i);
      const value = pool[pick] as number;
      pool[pick] = pool[i] as number;
      pool[i] = value;
      total += value;
    }
    totals[round] = total;
  }
  return totals.sort();
}

function rankAmong(sorted: Float64Array, observed: number, slack: number): number {
  const atLeast = 1 + sorted.length - firstAtLeast(sorted, observed - slack);
  const atMost = 1 + firstAtLeast(sorted, observed + slack);
  return Math.min(1, (2 * Math.min(atLeast, atMost)) / (sorted.length + 1));
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
