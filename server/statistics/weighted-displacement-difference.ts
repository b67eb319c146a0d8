import { requireFraction, requireWhole } from './check-input.ts';
import { normalQuantile, twoSidedP } from './normal-distribution.ts';

/** Counts before and after, in periods of equal length; displacement areas only when both are watched. */
export type DisplacementCounts = {
  readonly treatedBefore: number;
  readonly treatedAfter: number;
  readonly controlBefore: number;
  readonly controlAfter: number;
  readonly displacementBefore?: number;
  readonly displacementAfter?: number;
  readonly displacementControlBefore?: number;
  readonly displacementControlAfter?: number;
};
export type WeightedDisplacementDifference = {
  readonly local: number;
  readonly localStandardError: number;
  readonly displacement: number;
  readonly displacementStandardError: number;
  readonly estimate: number;
  readonly standardError: number;
  readonly z: number | null;
  readonly p: number | null;
  readonly low: number;
  readonly high: number;
};

/**
 * How many incidents an action prevented (below 0) or not, its surroundings included: the change in the treated area
 * less that in its control, plus the same for the displacement areas.
 *
 * Wheeler & Ratcliffe (2018); the variance is the sum of all counts, p is two-sided normal, the interval 90 % unless told
 * otherwise. Units: incidents. z and p are null when all counts are 0. Throws InputError unless counts are whole.
 */
export function weightedDisplacementDifference(
  counts: DisplacementCounts,
  confidence = 0.9,
): WeightedDisplacementDifference {
  for (const [name, count] of Object.entries(counts)) requireWhole(name, count);
  requireFraction('confidence', confidence);
  const { displacementBefore = 0, displacementAfter = 0 } = counts;
  const { displacementControlBefore = 0, displacementControlAfter = 0 } = counts;
  const local = counts.treatedAfter - counts.treatedBefore - (counts.controlAfter - counts.controlBefore);
  const displacement = displacementAfter - displacementBefore - (displacementControlAfter - displacementControlBefore);
  const localVariance = counts.treatedAfter + counts.treatedBefore + counts.controlAfter + counts.controlBefore;
  const displacementVariance =
    displacementAfter + displacementBefore + displacementControlAfter + displacementControlBefore;
  const estimate = local + displacement;
  const standardError = Math.sqrt(localVariance + displacementVariance);
  const half = normalQuantile((1 + confidence) / 2) * standardError;
  const z = standardError === 0 ? null : estimate / standardError;
  return {
    local,
    localStandardError: Math.sqrt(localVariance),
    displacement,
    displacementStandardError: Math.sqrt(displacementVariance),
    estimate,
    standardError,
    z,
    p: z === null ? null : twoSidedP(z),
    low: estimate - half,
    high: estimate + half,
  };
}
