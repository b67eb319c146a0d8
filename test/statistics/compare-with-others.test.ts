import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { compareWithOthers, outlierLimit } from '../../server/statistics/compare-with-others.ts';

const even = (counts: readonly number[]) => counts.map(() => 30);
const compare = (count: number, others: readonly number[]) => compareWithOthers(count, 30, others, even(others));

describe('a count beside others', () => {
  it('is measured from the median of the others in robust standard deviations, days reckoned with', () => {
    // by hand: the others as months of 31 days are 200, 199.29, 220, 196.33, 240
    const found = compareWithOthers(310, 31, [200, 180, 220, 190, 240], [31, 28, 31, 30, 31]);
    expect(found?.usual).toBeCloseTo(200, 10);
    expect(found?.z).toBeCloseTo(6.9241505211, 8);
  });

  it('is no outlier by chance alone, however equal the others are', () => {
    // 20 more than 100 is two standard deviations of a Poisson count
    expect(compare(120, [100, 100, 100, 100])?.z).toBeCloseTo(1.905643348, 8);
    expect(compare(160, [100, 100, 100, 100])!.z).toBeGreaterThan(outlierLimit);
    expect(compare(55, [100, 100, 100, 100])!.z).toBeLessThan(-outlierLimit);
  });

  it('is not hidden by another outlier among the others, as a mean would let it', () => {
    const others = [100, 104, 97, 101, 99, 100_000];
    expect(compare(300, others)!.z).toBeGreaterThan(outlierLimit);
    expect(Math.abs(compare(101, others)!.z)).toBeLessThan(1);
  });

  it('is no outlier among counts that vary as much', () => {
    expect(Math.abs(compare(300, [100, 320, 90, 280, 150, 310])!.z)).toBeLessThan(outlierLimit);
  });

  it('is not judged beside fewer than four', () => {
    expect(compare(100, [1, 2, 3])).toBeNull();
    expect(compare(100, [1, 2, 3, 4])).not.toBeNull();
  });

  it('is never NaN and does not depend on the order of the others', () => {
    const counts = fc.array(fc.nat(100_000), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(fc.nat(100_000), counts, (count, others) => {
        const found = compare(count, others)!;
        expect(Number.isFinite(found.z) && Number.isFinite(found.usual)).toBe(true);
        expect(compare(count, [...others].reverse())).toEqual(found);
        expect(Math.sign(compare(count + 1000, others)!.z - found.z)).toBe(1);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it.each([
    [Number.NaN, 30, [1, 2, 3, 4], 30],
    [-1, 30, [1, 2, 3, 4], 30],
    [1, 0, [1, 2, 3, 4], 30],
    [1, 30, [1, 2, 3, -4], 30],
    [1, 30, [1, 2, 3, 4], 0],
  ])('refuses %s in %s days beside %j in %s days', (count, days, others, otherDays) => {
    expect(() =>
      compareWithOthers(
        count,
        days,
        others,
        others.map(() => otherDays),
      ),
    ).toThrow(InputError);
  });
});
