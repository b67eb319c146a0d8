import { InputError } from '../errors.ts';
import { requireFraction } from './check-input.ts';
import { poissonAtMost, poissonProbability } from './poisson-distribution.ts';

/**
 * The counts between which a Poisson count with this mean stays, but for a chance of at most alpha (alpha / 2 on a side).
 *
 * Exact: `lower` is the smallest k with P(X <= k) > alpha / 2, `upper` the smallest k with P(X > k) <= alpha / 2; a count
 * is exceptional when it is below `lower` or above `upper`. Mean 0 gives 0 and 0. Throws InputError on a negative mean.
 */
export function poissonLimits(mean: number, alpha: number): { lower: number; upper: number } {
  requireFraction('alpha', alpha);
  if (!(Number.isFinite(mean) && mean >= 0)) throw new InputError(`mean is ${mean}: give 0 or more.`);
  // the sums carry about 14 digits: a smaller alpha would never be reached
  if (alpha < 1e-9) throw new InputError(`alpha is ${alpha}: give at least 1e-9.`);
  let k = Math.max(0, Math.floor(mean - 12 * Math.sqrt(mean)));
  let atMost = poissonAtMost(k, mean);
  let chance = poissonProbability(k, mean);
  const climb = (isReached: (below: number) => boolean) => {
    while (!isReached(atMost)) {
      k++;
      chance *= mean / k;
      atMost += chance;
    }
    return k;
  };
  const lower = climb((below) => below > alpha / 2);
  const upper = climb((below) => 1 - below <= alpha / 2);
  return { lower, upper };
}
