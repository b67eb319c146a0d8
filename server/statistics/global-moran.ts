import { finiteValues, type Numbers } from './check-input.ts';
import { moments } from './moments.ts';
import { type Neighbours, requireNeighbours, requireSymmetric } from './neighbours.ts';
import { twoSidedP } from './normal-distribution.ts';
import { type WeightSums, weightSums } from './weight-sums.ts';

export type GlobalMoran = { i: number; expected: number; variance: number; z: number; p: number };

/**
 * Whether like lies by like over the whole map: I near 0 for a random map, towards 1 for a clustered one, with its
 * expectation and variance under randomisation, z and two-sided p.
 *
 * Global Moran's I, row-standardised weights without self (Cliff & Ord 1981; R spdep `moran.test`). Cells without
 * neighbours count in the mean and the sum of squares but not in n, as in spdep. Null where undefined: all values equal,
 * fewer than four cells with neighbours, or a variance of 0. Throws InputError unless neighbours are mutual.
 */
export function globalMoran(values: Numbers, neighbours: Neighbours): GlobalMoran | null {
  const x = finiteValues('values', values);
  requireNeighbours(neighbours, x.length);
  requireSymmetric(neighbours);
  const { mean, variance } = moments(x);
  const sums = weightSums(neighbours, true);
  if (variance === 0 || sums.cells < 4) return null;
  const deviations = x.map((value) => value - mean);
  const i = (sums.cells / sums.s0) * (crossProduct(deviations, neighbours) / (variance * x.length));
  const fourth = deviations.reduce((total, deviation) => total + deviation ** 4, 0);
  const expected = -1 / (sums.cells - 1);
  const spread = randomisationVariance(sums, fourth / x.length / variance ** 2) - expected ** 2;
  if (!(spread > 1e-15)) return null;
  const z = (i - expected) / Math.sqrt(spread);
  return { i, expected, variance: spread, z, p: twoSidedP(z) };
}

/** Sum over cells of the deviation times the mean deviation of the neighbours. */
function crossProduct(deviations: Float64Array, { offsets, indices }: Neighbours): number {
  let total = 0;
  for (let cell = 0; cell < deviations.length; cell++) {
    const own = indices.subarray(offsets[cell], offsets[cell + 1]);
    if (own.length === 0) continue;
    let lag = 0;
    for (const other of own) lag += deviations[other] as number;
    total += ((deviations[cell] as number) * lag) / own.length;
  }
  return total;
}

/** E(I^2) when the values are dealt out at random, from the weights and the kurtosis. */
function randomisationVariance({ cells: n, s0, s1, s2 }: WeightSums, kurtosis: number): number {
  const ofWeights = n * (s1 * (n * n - 3 * n + 3) - n * s2 + 3 * s0 * s0);
  const ofKurtosis = kurtosis * (s1 * (n * n - n) - 2 * n * s2 + 6 * s0 * s0);
  return (ofWeights - ofKurtosis) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0);
}
