import { finiteValues, type Numbers, nonNegativeValues, requireSameLength, requireWhole } from './check-input.ts';
import { twoSidedP } from './normal-distribution.ts';

/** Later incidents that one ranking's top cells caught and the other's did not. */
export type PairedHits = { readonly onlyFirst: number; readonly onlySecond: number };

/**
 * What the `top` highest cells of two rankings caught apart from each other; onlyFirst - onlySecond is the difference
 * of their hits.
 *
 * Cells tied at the limit are each chosen in equal part, as a blind choice among them would on average, so both numbers
 * may be fractions. Throws InputError on NaN, negative counts and lists of unequal length.
 */
export function pairedHits(first: Numbers, second: Numbers, observed: Numbers, top: number): PairedHits {
  const counts = nonNegativeValues('observed', observed);
  const [one, other] = [chosenPart('first', first, top), chosenPart('second', second, top)];
  requireSameLength('first', one.length, 'observed', counts.length);
  requireSameLength('second', other.length, 'observed', counts.length);
  let onlyFirst = 0;
  let onlySecond = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const more = (one[cell] as number) - (other[cell] as number);
    if (more > 0) onlyFirst += more * (counts[cell] as number);
    else onlySecond -= more * (counts[cell] as number);
  }
  return { onlyFirst, onlySecond };
}

/**
 * The two-sided p that two rankings catch equally many: McNemar (1947) on the incidents that only one of them caught,
 * z = (b - c) / sqrt(b + c). Incidents come in clusters, so p is rather too small. Null when both caught the same.
 */
export function pairedHitsP({ onlyFirst, onlySecond }: PairedHits): number | null {
  const apart = onlyFirst + onlySecond;
  return apart < 1e-9 ? null : twoSidedP((onlyFirst - onlySecond) / Math.sqrt(apart));
}

/** For each cell the part of it that a choice of `top` cells takes: 1 above the limit, 0 below, between for ties at it. */
function chosenPart(name: string, scores: Numbers, top: number): Float64Array {
  requireWhole('top', top, 1);
  const score = finiteValues(name, scores);
  if (top >= score.length) return score.fill(1);
  const limit = score.slice().sort().at(-top) as number;
  let above = 0;
  let at = 0;
  for (const value of score) {
    if (value > limit) above++;
    else if (value === limit) at++;
  }
  const part = (top - above) / at;
  return score.map((value) => (value > limit ? 1 : value === limit ? part : 0));
}
