import { adjustP, type Correction } from './adjust-p.ts';
import { type MaybeNumbers, type Numbers, requireFraction, requireSameLength } from './check-input.ts';
import { type EmergingClass, emergingClass } from './emerging-class.ts';
import { giStar } from './gi-star.ts';
import type { Neighbours } from './neighbours.ts';

export type EmergingOptions = {
  readonly correction?: Correction;
  /** A step is hot or cold when its corrected p is at most this. */
  readonly alpha?: number;
};
export type EmergingHotSpots = {
  readonly classes: readonly EmergingClass[];
  /** Gi* of each step, one list of cells per step. */
  readonly z: readonly MaybeNumbers[];
  readonly significant: readonly (readonly boolean[])[];
};

/**
 * The space-time class of every cell from its counts over equal periods, oldest first: Gi* on each period's map,
 * corrected within that map, then `emergingClass` on each cell.
 *
 * Each step is judged against the mean of its own map, so a rise over the whole town makes no cell intensify; Esri's cube
 * compares with all steps together and lets the step before weigh in. Correction Benjamini-Hochberg and alpha 0.05 unless
 * told otherwise. A step whose counts are all equal is neither hot nor cold. A period with missing data must be left out
 * by the caller: its zeros would be read as zeros. No steps: no classes.
 */
export function emergingHotSpots(
  countsByStep: readonly Numbers[],
  neighbours: Neighbours,
  { correction = 'benjamini-hochberg', alpha = 0.05 }: EmergingOptions = {},
): EmergingHotSpots {
  requireFraction('alpha', alpha);
  const steps = countsByStep.map((counts) => giStar(counts, neighbours));
  const z = steps.map((step) => step.z);
  const significant = steps.map((step) => adjustP(step.p, correction).map((p) => p !== null && p <= alpha));
  return { classes: classesOf(z, significant), z, significant };
}

/** The class of every cell from z and significance given as one list of cells per step. */
export function classesOf(
  z: readonly MaybeNumbers[],
  significant: readonly (readonly boolean[])[],
): readonly EmergingClass[] {
  requireSameLength('z', z.length, 'significant', significant.length);
  const cells = z[0]?.length ?? 0;
  for (const step of [...z, ...significant]) requireSameLength('a step', step.length, 'the first step', cells);
  return Array.from({ length: cells }, (_, cell) =>
    emergingClass(
      z.map((step) => step[cell] as number | null),
      significant.map((step) => step[cell] as boolean),
    ),
  );
}
