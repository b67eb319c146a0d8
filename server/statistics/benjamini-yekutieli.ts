import type { MaybeNumbers } from './check-input.ts';
import { stepUp } from './step-up.ts';

/**
 * q-values that hold however the tests depend on each other; stricter than `benjaminiHochberg` by 1 + 1/2 + … + 1/n.
 *
 * Benjamini & Yekutieli (2001), R `p.adjust(p, "BY")`. A null p stays null and does not count. Throws InputError when a
 * p lies outside 0 to 1.
 */
export function benjaminiYekutieli(p: MaybeNumbers): MaybeNumbers {
  return stepUp(p, harmonicNumber);
}

function harmonicNumber(n: number): number {
  let sum = 0;
  for (let k = 1; k <= n; k++) sum += 1 / k;
  return sum;
}
