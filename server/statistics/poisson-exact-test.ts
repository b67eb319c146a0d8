import { binomialAtLeast, binomialAtMost, binomialProbability } from './binomial-distribution.ts';
import { requirePositive, requireWhole } from './check-input.ts';

/** How far two counts' periods reach: days, or anything else the two share. */
export type Exposures = { readonly first: number; readonly second: number };

/**
 * The two-sided p that two counts come from one rate, the periods being of any lengths: is this change more than chance?
 *
 * Exact conditional test (Przyborowski & Wilenski 1940; R `poisson.test(c(k1, k2), c(t1, t2))`): given their sum, the
 * first count is binomial with chance t1 / (t1 + t2); p is the sum over all outcomes no likelier than the observed one
 * (relative slack 1e-7, as R). Null when both counts are 0: nothing happened, so there is nothing to test (R gives 1).
 * Throws InputError unless counts are whole and exposures are above 0.
 */
export function poissonExactTest(first: number, second: number, exposures: Exposures = equalExposures): number | null {
  requireWhole('first', first);
  requireWhole('second', second);
  requirePositive('exposures.first', exposures.first);
  requirePositive('exposures.second', exposures.second);
  const n = first + second;
  if (n === 0) return null;
  const chance = exposures.first / (exposures.first + exposures.second);
  if (Math.abs(first - n * chance) <= 1e-12 * n) return 1;
  // the far side's outcomes are counted as successes or as failures, so that both tails are lower tails
  return first < n * chance ? minLikelihoodP(first, n, chance) : minLikelihoodP(second, n, 1 - chance);
}

export const equalExposures: Exposures = { first: 1, second: 1 };

/** For k below the mean: P(at most k) and the part of the upper tail that is no likelier than k. */
function minLikelihoodP(k: number, n: number, chance: number): number {
  const limit = binomialProbability(k, n, chance) * (1 + 1e-7);
  let [low, high] = [Math.ceil(n * chance), n + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (binomialProbability(middle, n, chance) <= limit) high = middle;
    else low = middle + 1;
  }
  const upper = low > n ? 0 : binomialAtLeast(low, n, chance);
  return Math.min(1, binomialAtMost(k, n, chance) + upper);
}
