import { finiteValues, type MaybeNumbers, type Numbers } from './check-input.ts';
import { moments } from './moments.ts';
import { type Neighbours, requireNeighbours } from './neighbours.ts';
import { twoSidedP } from './normal-distribution.ts';

/** A cell's value and its neighbours' mean against the study area's mean: `high-low` is a full cell among empty ones. */
export type Quadrant = 'high-high' | 'low-low' | 'high-low' | 'low-high';

export type LocalMoran = {
  readonly i: MaybeNumbers;
  readonly expected: MaybeNumbers;
  readonly variance: MaybeNumbers;
  readonly z: MaybeNumbers;
  readonly p: MaybeNumbers;
  readonly quadrant: readonly (Quadrant | null)[];
};

/**
 * How alike each cell and its neighbours are: I above 0 where high lies by high or low by low, below 0 where a cell
 * differs from its surroundings; with expectation, variance, z and two-sided normal p.
 *
 * Local Moran's I, row-standardised weights, the cell itself left out, variance divisor n, moments conditional on the
 * cell's value (Anselin 1995; Sokal, Oden & Thomson 1998; R spdep `localmoran(conditional = TRUE)`). Quadrants by the
 * signs of the deviations, 0 counting as low (spdep's and PySAL's scheme), whether significant or not.
 * Null where undefined: everything when all values are equal or the cell has no neighbours; z and p where the variance
 * is 0 (the value is the mean, all other cells are neighbours, or all others are equal) or there are fewer than 3 cells.
 */
export function localMoran(values: Numbers, neighbours: Neighbours): LocalMoran {
  const x = finiteValues('values', values);
  requireNeighbours(neighbours, x.length);
  const { mean, variance } = moments(x);
  const nulls = () => new Array<number | null>(x.length).fill(null);
  const result = { i: nulls(), expected: nulls(), variance: nulls(), z: nulls(), p: nulls() };
  const quadrant = new Array<Quadrant | null>(x.length).fill(null);
  if (variance === 0) return { ...result, quadrant };
  for (let cell = 0; cell < x.length; cell++) {
    const degree = (neighbours.offsets[cell + 1] as number) - (neighbours.offsets[cell] as number);
    if (degree === 0) continue;
    const deviation = (x[cell] as number) - mean;
    const lag = neighbourMean(x, neighbours, cell) - mean;
    const { i, expected, spread } = localMoments(deviation, lag, degree, x.length, variance);
    result.i[cell] = i;
    result.expected[cell] = expected;
    result.variance[cell] = spread;
    quadrant[cell] = `${deviation > 0 ? 'high' : 'low'}-${lag > 0 ? 'high' : 'low'}`;
    if (spread === null || spread === 0) continue;
    const z = (i - expected) / Math.sqrt(spread);
    result.z[cell] = z;
    result.p[cell] = twoSidedP(z);
  }
  return { ...result, quadrant };
}

function neighbourMean(x: Float64Array, { offsets, indices }: Neighbours, cell: number): number {
  const [start, end] = [offsets[cell] as number, offsets[cell + 1] as number];
  let total = 0;
  for (let at = start; at < end; at++) total += x[indices[at] as number] as number;
  return total / (end - start);
}

/** I with its conditional expectation and variance; the variance of a sum of `degree` draws from the other cells. */
function localMoments(deviation: number, lag: number, degree: number, n: number, variance: number) {
  const square = (deviation * deviation) / variance;
  const i = (deviation / variance) * lag;
  const expected = -square / (n - 1);
  if (n < 3) return { i, expected, spread: null };
  const ofDraws = 1 / degree - 1 / (n - 1);
  // 0 in exact arithmetic where the value is the mean or all others are equal; rounding must not make a variance of it
  const ofOthers = 1 - square / (n - 1);
  const flat = square < 1e-24 || ofOthers < 1e-12;
  return { i, expected, spread: flat ? 0 : square * (n / (n - 2)) * ofDraws * ofOthers };
}
