import { InputError } from '../errors.ts';
import { requireWhole } from './check-input.ts';
import { deviancePart, stirlingError } from './saddle-point.ts';

/** The chance of exactly k events when `mean` are expected (mean 0 or more): Loader's saddle-point form, about 14 digits. */
export function poissonProbability(k: number, mean: number): number {
  requireWhole('k', k);
  if (!(Number.isFinite(mean) && mean >= 0)) throw new InputError(`mean is ${mean}: give 0 or more.`);
  if (mean === 0) return k === 0 ? 1 : 0;
  if (k === 0) return Math.exp(-mean);
  return Math.exp(-stirlingError(k) - deviancePart(k, mean)) / Math.sqrt(2 * Math.PI * k);
}

/** The chance of at most k events when `mean` are expected (R's ppois). */
export function poissonAtMost(k: number, mean: number): number {
  if (k > mean) return 1 - sumUp(k + 1, mean);
  return sumDown(k, mean);
}

/** The chance of at least k events when `mean` are expected; exact in the far tail. */
export function poissonAtLeast(k: number, mean: number): number {
  if (k === 0) return 1;
  return k > mean ? sumUp(k, mean) : 1 - sumDown(k - 1, mean);
}

/** Terms from k upwards; above the mean they fall faster than a geometric series. */
function sumUp(k: number, mean: number): number {
  let term = poissonProbability(k, mean);
  let sum = 0;
  for (let i = k; term > sum * 1e-17; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return sum;
}

/** Terms from k downwards, for k up to the mean. */
function sumDown(k: number, mean: number): number {
  let term = poissonProbability(k, mean);
  let sum = 0;
  for (let i = k; i >= 0 && term > sum * 1e-17; i--) {
    sum += term;
    term *= i / mean;
  }
  return Math.min(1, sum);
}
