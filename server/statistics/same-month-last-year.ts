import { type MaybeNumbers, type Numbers, requireSameLength } from './check-input.ts';
import { poissonExactTest } from './poisson-exact-test.ts';

export type YearOnYear = {
  readonly count: number | null;
  readonly previous: number | null;
  readonly change: number | null;
  readonly percentChange: number | null;
  readonly p: number | null;
};

/**
 * Each month beside the same month a year before: change, per cent, and the two-sided p of the two counts.
 *
 * Monthly counts in a row, null for a gap. `previous` is null in the first twelve months and where the year before has a
 * gap; `change` and `p` are null where either is; `percentChange` also where the earlier count is 0, and `p` where both
 * are 0. p is `poissonExactTest`'s with the months' lengths (29 February) when given. Throws InputError unless counts are
 * whole.
 */
export function sameMonthLastYear(counts: MaybeNumbers, exposures?: Numbers): readonly YearOnYear[] {
  if (exposures) requireSameLength('exposures', exposures.length, 'counts', counts.length);
  return counts.map((count, month) => {
    const previous = counts[month - 12] ?? null;
    if (count === null || previous === null) return { count, previous, change: null, percentChange: null, p: null };
    const lengths = exposures && { first: exposures[month] as number, second: exposures[month - 12] as number };
    const change = count - previous;
    const percentChange = previous === 0 ? null : (100 * change) / previous;
    return { count, previous, change, percentChange, p: poissonExactTest(count, previous, lengths) };
  });
}
