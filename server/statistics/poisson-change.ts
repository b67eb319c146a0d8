import { type MaybeNumbers, type Numbers, requireSameLength } from './check-input.ts';
import { type Exposures, equalExposures, poissonExactTest } from './poisson-exact-test.ts';

export type PoissonChange = {
  readonly change: readonly number[];
  /** What the later period would hold at the earlier one's rate. */
  readonly expected: readonly number[];
  readonly p: MaybeNumbers;
};

/**
 * The change of each cell between two periods, later less earlier, and the two-sided p that its rate stayed the same.
 *
 * `poissonExactTest` on each pair; `exposures.first` is the later period's length. p is null where both counts are 0, so
 * that empty cells do not weigh on a correction for many tests: which cells are left out depends on the sum alone, which
 * says nothing about the change. Counts must be whole: a change of harm weights has no such test.
 */
export function poissonChange(later: Numbers, earlier: Numbers, exposures: Exposures = equalExposures): PoissonChange {
  requireSameLength('later', later.length, 'earlier', earlier.length);
  const ratio = exposures.first / exposures.second;
  const change: number[] = [];
  const expected: number[] = [];
  const p: (number | null)[] = [];
  for (let cell = 0; cell < later.length; cell++) {
    const [now, then] = [later[cell] as number, earlier[cell] as number];
    p.push(poissonExactTest(now, then, exposures));
    change.push(now - then);
    expected.push(then * ratio);
  }
  return { change, expected, p };
}
