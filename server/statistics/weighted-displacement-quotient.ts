import { requireWhole } from './check-input.ts';

export type QuotientCounts = {
  readonly targetBefore: number;
  readonly targetAfter: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly controlBefore: number;
  readonly controlAfter: number;
};
export type WeightedDisplacementQuotient = {
  readonly successMeasure: number | null;
  readonly bufferMeasure: number | null;
  readonly wdq: number | null;
  readonly grossEffect: number;
  readonly netEffect: number | null;
  readonly totalNetEffect: number | null;
};

/**
 * Where the effect of an action on a target went: above 1 the buffer around it gained more than the target, 0 to 1 some
 * benefit spread, 0 to -1 some was displaced, below -1 more was displaced than was gained.
 *
 * Bowers & Johnson (2003): wdq = (B1/C1 - B0/C0) / (A1/C1 - A0/C0) with target A, buffer B, control C, before 0 and after
 * 1. wdq is null unless the success measure (the divisor) is below 0, for without success nothing can be displaced; all
 * that divides by the control is null when a control count is 0. Throws InputError unless counts are whole.
 */
export function weightedDisplacementQuotient(counts: QuotientCounts): WeightedDisplacementQuotient {
  for (const [name, count] of Object.entries(counts)) requireWhole(name, count);
  const { targetBefore, targetAfter, bufferBefore, bufferAfter, controlBefore, controlAfter } = counts;
  const grossEffect = targetBefore - targetAfter;
  const undefinedMeasures = { successMeasure: null, bufferMeasure: null, wdq: null, netEffect: null };
  if (controlBefore === 0) return { ...undefinedMeasures, grossEffect, totalNetEffect: null };
  const ratio = controlAfter / controlBefore;
  const totalNetEffect = targetBefore * ratio - targetAfter + bufferBefore * ratio - bufferAfter;
  if (controlAfter === 0) return { ...undefinedMeasures, grossEffect, totalNetEffect };
  const successMeasure = targetAfter / controlAfter - targetBefore / controlBefore;
  const bufferMeasure = bufferAfter / controlAfter - bufferBefore / controlBefore;
  const wdq = successMeasure < 0 ? bufferMeasure / successMeasure : null;
  return { successMeasure, bufferMeasure, wdq, grossEffect, netEffect: -successMeasure, totalNetEffect };
}
