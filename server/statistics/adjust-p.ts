import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { benjaminiYekutieli } from './benjamini-yekutieli.ts';
import { bonferroni } from './bonferroni.ts';
import type { MaybeNumbers } from './check-input.ts';

const corrections = ['benjamini-hochberg', 'benjamini-yekutieli', 'bonferroni', 'none'] as const;
/** How p-values are corrected for the number of cells tested at once. */
export type Correction = (typeof corrections)[number];

/** The p-values after the named correction for many tests; `none` hands them back as they are. */
export function adjustP(p: MaybeNumbers, correction: Correction): MaybeNumbers {
  if (correction === 'benjamini-hochberg') return benjaminiHochberg(p);
  if (correction === 'benjamini-yekutieli') return benjaminiYekutieli(p);
  return correction === 'bonferroni' ? bonferroni(p) : p;
}
