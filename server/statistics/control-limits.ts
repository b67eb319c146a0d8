import { InputError } from '../errors.ts';
import { type MaybeNumbers, type Numbers, requirePositive, requireSameLength, requireWhole } from './check-input.ts';
import { poissonLimits } from './poisson-limits.ts';

export type ControlOptions = {
  /** The length of each month, in days say; all alike when absent. */
  readonly exposures?: Numbers;
  /** The chance that a month of an unchanged process is called exceptional; 0.002 is the usual three sigma. */
  readonly alpha?: number;
  /** Which months make the mean; all when absent. */
  readonly baseline?: readonly boolean[];
};
export type ControlMonth = {
  readonly count: number | null;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  readonly exceptional: 'above' | 'below' | null;
};
export type ControlLimits = {
  readonly months: readonly ControlMonth[];
  /** Variance over mean of the baseline, 1 for a Poisson process: well above it the limits are too narrow. */
  readonly dispersion: number | null;
};

/**
 * The control chart of monthly counts: what each month would hold at the baseline's mean rate, the limits chance keeps
 * to, and which months lie beyond them.
 *
 * Exact Poisson limits (see `poissonLimits`) around rate times the month's length, the rate being that of the baseline
 * months. A null count is a gap: it gets limits but no verdict and is not in the baseline. Dispersion is the sum of
 * (count - expected)^2 / expected over the baseline, divided by one less than its months; null for fewer than two months
 * or no incidents. Crime comes in clusters, so 1 to 2 is usual. Null when the baseline is empty. Throws InputError unless
 * counts are whole.
 */
export function controlLimits(counts: MaybeNumbers, options: ControlOptions = {}): ControlLimits | null {
  const { alpha = 0.002, exposures = counts.map(() => 1), baseline = counts.map(() => true) } = options;
  requireSameLength('exposures', exposures.length, 'counts', counts.length);
  requireSameLength('baseline', baseline.length, 'counts', counts.length);
  counts.forEach((count, month) => {
    if (count !== null) requireWhole(`counts[${month}]`, count);
    requirePositive(`exposures[${month}]`, exposures[month] as number);
  });
  const inBaseline = counts.map((count, month) => count !== null && baseline[month] === true);
  const over = (values: MaybeNumbers | Numbers) =>
    inBaseline.reduce((total, isIn, month) => (isIn ? total + (values[month] as number) : total), 0);
  if (over(exposures) === 0) return null;
  const rate = over(counts) / over(exposures);
  const months = counts.map((count, month) => monthOf(count, rate * (exposures[month] as number), alpha));
  return { months, dispersion: dispersionOf(months.filter((_, month) => inBaseline[month])) };
}

function monthOf(count: number | null, expected: number, alpha: number): ControlMonth {
  const { lower, upper } = poissonLimits(expected, alpha);
  const exceptional = count === null ? null : count > upper ? 'above' : count < lower ? 'below' : null;
  return { count, expected, lower, upper, exceptional };
}

function dispersionOf(months: readonly ControlMonth[]): number | null {
  if (months.length < 2 || (months[0] as ControlMonth).expected === 0) return null;
  const sum = months.reduce((total, { count, expected }) => total + ((count as number) - expected) ** 2 / expected, 0);
  if (!Number.isFinite(sum)) throw new InputError(`The expected counts are too small to compare: give longer months.`);
  return sum / (months.length - 1);
}
