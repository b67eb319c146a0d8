import { finiteValues, type Numbers } from './check-input.ts';
import { twoSidedP } from './normal-distribution.ts';

export type MannKendall = { readonly s: number; readonly variance: number; readonly z: number; readonly p: number };

/**
 * Whether a series rises (s and z above 0) or falls, whatever the shape: pairs that rise less pairs that fall, with
 * variance, continuity-corrected z and two-sided normal p.
 *
 * Mann (1945), Kendall (1975), corrected for ties. Equally spaced values in time order; leave out missing ones. With s 0
 * z is 0 and p is 1, so also for fewer than two values or when all are equal. No exact table for short series: under
 * about ten values p is rough. Throws InputError on NaN and infinity.
 */
export function mannKendall(series: Numbers): MannKendall {
  const x = finiteValues('series', series);
  let s = 0;
  for (let later = 1; later < x.length; later++)
    for (let earlier = 0; earlier < later; earlier++) s += Math.sign((x[later] as number) - (x[earlier] as number));
  const variance = (pairTerm(x.length) - tieTerm(x)) / 18;
  const z = s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, variance, z, p: twoSidedP(z) };
}

function pairTerm(n: number): number {
  return n < 2 ? 0 : n * (n - 1) * (2 * n + 5);
}

/** The part of the variance that groups of equal values take away. */
function tieTerm(x: Float64Array): number {
  const sorted = x.slice().sort();
  let total = 0;
  let group = 1;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[i - 1]) group++;
    else {
      total += pairTerm(group);
      group = 1;
    }
  }
  return total;
}
