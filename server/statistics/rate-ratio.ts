import { binomialAtLeast } from './binomial-distribution.ts';
import { requireFraction, requirePositive, requireWhole } from './check-input.ts';
import { equalExposures } from './poisson-exact-test.ts';

export type RateRatio = { readonly ratio: number | null; readonly low: number | null; readonly high: number | null };

/**
 * How many times as often as in the second period things happened in the first, with its exact interval.
 *
 * (k1 / t1) / (k2 / t2) with the Clopper-Pearson interval of the share of the first count (R `poisson.test`), 95 % unless
 * told otherwise. `ratio` is null when the second count is 0, `high` is null when the interval has no upper end, and all
 * three are null when both counts are 0. Throws InputError unless counts are whole and exposures are above 0.
 */
export function rateRatio(first: number, second: number, exposures = equalExposures, confidence = 0.95): RateRatio {
  requireWhole('first', first);
  requireWhole('second', second);
  requirePositive('exposures.first', exposures.first);
  requirePositive('exposures.second', exposures.second);
  requireFraction('confidence', confidence);
  if (first + second === 0) return { ratio: null, low: null, high: null };
  const scale = exposures.second / exposures.first;
  const tail = (1 - confidence) / 2;
  const oddsBelow = oddsWithTail(first, second, tail);
  const oddsAbove = oddsWithTail(second, first, tail);
  return {
    ratio: second === 0 ? null : (first / second) * scale,
    low: oddsBelow * scale,
    high: oddsAbove === 0 ? null : scale / oddsAbove,
  };
}

/** The odds of a success at which `successes` or more have just the chance `tail`; bisection, 0 for no successes. */
function oddsWithTail(successes: number, failures: number, tail: number): number {
  if (successes === 0) return 0;
  const n = successes + failures;
  let [low, high] = [0, successes / n];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (binomialAtLeast(successes, n, middle) < tail) low = middle;
    else high = middle;
  }
  return low / (1 - low);
}
