import { finiteValues, type MaybeNumbers, type Numbers, requireWhole } from './check-input.ts';
import { moments } from './moments.ts';
import { type Neighbours, requireNeighbours } from './neighbours.ts';
import { createRandom, type Random } from './random.ts';

export type PermutationOptions = {
  /** How many times the values are dealt out anew; 999 is usual, 9,999 or more before a correction for many tests. */
  readonly permutations: number;
  readonly seed: number;
};

/**
 * The two-sided p of each cell's neighbour total among totals of as many other cells drawn at random, the cell itself
 * held where it is (conditional permutation, Anselin 1995).
 *
 * p = min(1, 2 min(a, b)), a = (1 + draws at least as high) / (permutations + 1), b the same for at least as low; the
 * smallest p is 2 / (permutations + 1). Each cell has its own random stream, so p depends on the seed and the cell's
 * position only. Null where undefined: no neighbours, all other cells are neighbours, or all values are equal.
 */
export function conditionalPermutation(
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
  const { offsets, indices } = neighbours;
  const slack = 1e-9 * Math.sqrt(variance);
  for (let cell = 0; cell < x.length; cell++) {
    const own = indices.subarray(offsets[cell], offsets[cell + 1]);
    if (own.length === 0 || own.length >= x.length - 1) continue;
    let observed = 0;
    for (const other of own) observed += x[other] as number;
    const draw = totalsOfOthers(x, cell, own.length, createRandom(seed, cell));
    p[cell] = rankP(observed, draw, permutations, slack);
  }
  return p;
}

/** Two-sided p of an observed value among random ones; values within `slack` (rounding) of it count for both sides. */
function rankP(observed: number, draw: () => number, permutations: number, slack: number): number {
  let atLeast = 1;
  let atMost = 1;
  for (let round = 0; round < permutations; round++) {
    const drawn = draw();
    if (drawn >= observed - slack) atLeast++;
    if (drawn <= observed + slack) atMost++;
  }
  return Math.min(1, (2 * Math.min(atLeast, atMost)) / (permutations + 1));
}

/** Draws totals of `size` distinct cells other than `cell`, by Floyd's method: no list of all cells is shuffled. */
function totalsOfOthers(x: Float64Array, cell: number, size: number, random: Random): () => number {
  const drawn = new Int32Array(size);
  const others = x.length - 1;
  return () => {
    let total = 0;
    for (let step = 0; step < size; step++) {
      const last = others - size + step;
      let pick = random.below(last + 1);
      for (let before = 0; before < step; before++)
        if (drawn[before] === pick) {
          pick = last;
          break;
        }
      drawn[step] = pick;
      total += x[pick < cell ? pick : pick + 1] as number;
    }
    return total;
  };
}
