import { InputError } from '../errors.ts';
import { requireWhole } from './check-input.ts';
import { deviancePart, stirlingError } from './saddle-point.ts';

/** The chance of exactly k successes in n trials of the given chance: Loader's saddle-point form, about 14 digits. */
export function binomialProbability(k: number, n: number, chance: number): number {
  requireWhole('n', n);
  requireWhole('k', k);
  if (!(chance >= 0 && chance <= 1)) throw new InputError(`chance is ${chance}: give 0 to 1.`);
  if (k > n) return 0;
  if (chance === 0) return k === 0 ? 1 : 0;
  if (chance === 1) return k === n ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-chance));
  if (k === n) return Math.exp(n * Math.log(chance));
  const exponent =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviancePart(k, n * chance) -
    deviancePart(n - k, n * (1 - chance));
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** The chance of at most k successes (R's pbinom); k below 0 gives 0. */
export function binomialAtMost(k: number, n: number, chance: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return k <= n * chance ? sumDown(k, n, chance) : 1 - sumDown(n - k - 1, n, 1 - chance);
}

/** The chance of at least k successes; exact in the far tail. */
export function binomialAtLeast(k: number, n: number, chance: number): number {
  return binomialAtMost(n - k, n, 1 - chance);
}

/** Terms from k downwards, for k up to the mean, where they fall faster than a geometric series. */
function sumDown(k: number, n: number, chance: number): number {
  const odds = (1 - chance) / chance;
  let term = binomialProbability(k, n, chance);
  let sum = 0;
  for (let i = k; i >= 0 && term > sum * 1e-17; i--) {
    sum += term;
    term *= (odds * i) / (n - i + 1);
  }
  return Math.min(1, sum);
}
