import { type Numbers, nonNegativeValues } from './check-input.ts';
import { moments } from './moments.ts';
import { type Neighbours, requireNeighbours, requireSymmetric } from './neighbours.ts';
import { twoSidedP } from './normal-distribution.ts';
import { type WeightSums, weightSums } from './weight-sums.ts';

export type GlobalGetisOrd = { g: number; expected: number; variance: number; z: number; p: number };

/**
 * Whether the map's clustering is one of high values (z above 0) or of low ones: G with its expectation and variance
 * under randomisation, z and two-sided p.
 *
 * Getis-Ord general G, binary weights without self (Getis & Ord 1992 with the 1996 correction; R spdep `globalG.test`).
 * Values are counts or weights, never negative. Null where undefined: all values equal, fewer than two above 0, fewer
 * than four cells, a cell without neighbours, or a variance of 0. Throws InputError unless neighbours are mutual.
 */
export function globalGetisOrd(values: Numbers, neighbours: Neighbours): GlobalGetisOrd | null {
  const x = nonNegativeValues('values', values);
  requireNeighbours(neighbours, x.length);
  requireSymmetric(neighbours);
  const sums = weightSums(neighbours, false);
  if (moments(x).variance === 0 || sums.cells < 4 || sums.cells < x.length) return null;
  const powers = [1, 2, 3, 4].map((power) => x.reduce((total, value) => total + value ** power, 0)) as Powers;
  const pairs = powers[0] ** 2 - powers[1];
  if (!(pairs > 0)) return null;
  const g = crossProduct(x, neighbours) / pairs;
  const expected = sums.s0 / (x.length * (x.length - 1));
  const variance = secondMoment(sums, powers) / (pairs * pairs) - expected ** 2;
  if (!(variance > 0)) return null;
  const z = (g - expected) / Math.sqrt(variance);
  return { g, expected, variance, z, p: twoSidedP(z) };
}

type Powers = [number, number, number, number];

function crossProduct(x: Float64Array, { offsets, indices }: Neighbours): number {
  let total = 0;
  for (let cell = 0; cell < x.length; cell++)
    for (let at = offsets[cell] as number; at < (offsets[cell + 1] as number); at++)
      total += (x[cell] as number) * (x[indices[at] as number] as number);
  return total;
}

/** Getis & Ord's E(G^2), before division by the squared sum of products. */
function secondMoment({ cells: n, s0, s1, s2 }: WeightSums, [m1, m2, m3, m4]: Powers): number {
  const square = s0 * s0;
  const b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * square;
  const b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * square);
  const b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * square);
  const b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * square;
  const b4 = s1 - s2 + square;
  const sum = b0 * m2 ** 2 + b1 * m4 + b2 * m1 ** 2 * m2 + b3 * m1 * m3 + b4 * m1 ** 4;
  return sum / (n * (n - 1) * (n - 2) * (n - 3));
}
