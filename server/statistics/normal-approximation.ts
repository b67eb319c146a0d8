import { type Numbers, nonNegativeValues } from './check-input.ts';
import { moments } from './moments.ts';
import { type Neighbours, requireNeighbours } from './neighbours.ts';

export type NormalApproximation = {
  /** Incidents that a cell and its neighbours hold on average. */
  readonly meanTotal: number;
  /** Skewness of the total of a random neighbourhood; 0 for a normal distribution. */
  readonly skewness: number | null;
  readonly doubtful: boolean;
};

/**
 * Whether the counts (not weights) are too sparse or too skewed for Gi*'s and Local Moran's normal p to be taken at its word.
 *
 * The total of an average neighbourhood drawn at random without replacement has skewness g (1 - 2f) sqrt((n-1)/(n-m)/m)
 * n/(n-2), g that of the counts, m cells of n, f = m/n (Cochran 1977). Doubtful when the average total is under 5 (the
 * usual rule for counts) or the skewness is above 1 either way; then a permutation p is the safer one. `skewness` is null
 * when all counts are equal or the neighbourhoods fill the study area, which is doubtful too.
 */
export function normalApproximation(values: Numbers, neighbours: Neighbours): NormalApproximation {
  const x = nonNegativeValues('values', values);
  requireNeighbours(neighbours, x.length);
  const n = x.length;
  const { mean, skewness } = moments(x);
  if (n === 0) return { meanTotal: 0, skewness: null, doubtful: true };
  const size = 1 + neighbours.indices.length / n;
  const meanTotal = mean * size;
  if (skewness === null || n < 3 || size >= n) return { meanTotal, skewness: null, doubtful: true };
  const ofTotal = ((skewness * (n - 2 * size)) / (n - 2)) * Math.sqrt((n - 1) / ((n - size) * size));
  return { meanTotal, skewness: ofTotal, doubtful: meanTotal < 5 || Math.abs(ofTotal) > 1 };
}
