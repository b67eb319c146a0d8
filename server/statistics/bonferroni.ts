import type { MaybeNumbers } from './check-input.ts';
import { definedP } from './step-up.ts';

/**
 * p times the number of tests, at most 1: with these at most 0.05, the chance of even one false alarm on the whole map
 * is at most 5 %.
 *
 * R `p.adjust(p, "bonferroni")`. A null p stays null and does not count. Throws InputError when a p lies outside 0 to 1.
 */
export function bonferroni(p: MaybeNumbers): MaybeNumbers {
  const tests = definedP(p).length;
  return p.map((value) => (value === null ? null : Math.min(1, value * tests)));
}
