import type { MaybeNumbers, Numbers } from './check-input.ts';
import { conditionalPermutation, type PermutationOptions } from './conditional-permutation.ts';
import type { Neighbours } from './neighbours.ts';

/**
 * A p for Gi* which does not lean on the normal distribution: is the total around the cell unusual, given the cell's own
 * value, if all other values were dealt out at random? Two-sided, seeded.
 *
 * Conditional permutation (Ord & Getis 1995; PySAL esda `G_Local`, R spdep `localG_perm`). As the cell's own value is
 * held, only its neighbours are on trial: a lone full cell among empty ones is not significant here, though its z is
 * high. `giStarRandomisation` asks the question that z asks. Null where `conditionalPermutation` is.
 */
export function giStarPermutation(values: Numbers, neighbours: Neighbours, options: PermutationOptions): MaybeNumbers {
  return conditionalPermutation(values, neighbours, options);
}
