import type { MaybeNumbers } from './check-input.ts';
import { stepUp } from './step-up.ts';

/**
 * q-values: among the cells with q at most 0.05, no more than 5 % are expected to be false alarms.
 *
 * Benjamini & Hochberg (1995), R `p.adjust(p, "BH")`; on local statistics the step-up of Caldas de Castro & Singer (2006).
 * Give the two-sided p of every cell of the study area. q is never below p and rises with it. A null p stays null and
 * does not count. Throws InputError when a p lies outside 0 to 1.
 */
export function benjaminiHochberg(p: MaybeNumbers): MaybeNumbers {
  return stepUp(p, () => 1);
}
