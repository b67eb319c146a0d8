import { type Numbers, nonNegativeValues } from './check-input.ts';

/**
 * How unequally incidents fall on places: 0 when all have as many, towards 1 when one has all.
 *
 * G = 2 sum(i x_(i)) / (n c) - (n + 1) / n with x_(i) rising and c the sum. With fewer incidents than places G is high
 * by necessity: use `giniGeneralised` then. Null when there are no incidents. Throws InputError on negative counts.
 */
export function gini(counts: Numbers): number | null {
  const x = nonNegativeValues('counts', counts).sort();
  const total = x.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const n = x.length;
  const ranked = x.reduce((sum, value, at) => sum + (at + 1) * value, 0);
  // rounding may leave a hair below 0 when all are equal
  return Math.max(0, (2 * ranked) / (n * total) - (n + 1) / n);
}

/**
 * The Gini coefficient against the most even spread that so few incidents allow: 0 when no place has two while another
 * has none.
 *
 * G' = max(1, n / c) (G - 1) + 1, n places, c incidents (Bernasco & Steenbeek 2017; not the unbiased form). Equal to G
 * when there are at least as many incidents as places. Null when there are no incidents.
 */
export function giniGeneralised(counts: Numbers): number | null {
  const plain = gini(counts);
  if (plain === null) return null;
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  return Math.max(0, Math.max(1, counts.length / total) * (plain - 1) + 1);
}
