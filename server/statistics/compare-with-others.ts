import { type Numbers, nonNegativeValues, requirePositive, requireSameLength } from './check-input.ts';

/** A count beside others of its kind. */
export type Comparison = {
  /** What it would be at the median rate of the others. */
  readonly usual: number;
  /** How far from the usual, in robust standard deviations; negative below it. */
  readonly z: number;
};

/** Fewer others than this tell nothing about how much counts vary. */
export const fewestOthers = 4;
/** Beyond this many robust standard deviations a value is called an outlier (Iglewicz & Hoaglin 1993). */
export const outlierLimit = 3.5;

/**
 * How far a count lies from others: the modified z-score of Iglewicz & Hoaglin (1993), (y - median) / (1.4826 MAD), of
 * y = 2 sqrt(count + 3/8) (Anscombe 1948), against the median and MAD of the others alone.
 *
 * The others are scaled to the count's own exposure (its days) first. On this scale chance alone has a standard deviation
 * of 1, which is the least that is divided by: counts that happen to be equal do not make the next one an outlier. Null
 * for fewer than four others. Throws InputError unless counts are 0 or more and exposures above 0.
 */
export function compareWithOthers(
  count: number,
  exposure: number,
  others: Numbers,
  exposures: Numbers,
): Comparison | null {
  requireSameLength('exposures', exposures.length, 'others', others.length);
  nonNegativeValues('count', [count]);
  requirePositive('exposure', exposure);
  const counts = nonNegativeValues('others', others);
  if (counts.length < fewestOthers) return null;
  const scaled = counts.map((other, at) => {
    requirePositive(`exposures[${at}]`, exposures[at] as number);
    return (other * exposure) / (exposures[at] as number);
  });
  const stable = scaled.map(stabilise);
  const centre = median(stable);
  const spread = 1.4826 * median(stable.map((value) => Math.abs(value - centre)));
  return { usual: median(scaled), z: (stabilise(count) - centre) / Math.max(1, spread) };
}

function stabilise(count: number): number {
  return 2 * Math.sqrt(count + 3 / 8);
}

/** The middle of at least one value. */
function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
