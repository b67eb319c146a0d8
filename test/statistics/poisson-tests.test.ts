import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { poissonChange } from '../../server/statistics/poisson-change.ts';
import { poissonETest } from '../../server/statistics/poisson-e-test.ts';
import { poissonExactTest } from '../../server/statistics/poisson-exact-test.ts';
import { rateRatio } from '../../server/statistics/rate-ratio.ts';
import { expectClose, expectSameP, readGolden } from './helpers.ts';

type ExactCase = {
  k1: number;
  k2: number;
  exposure1: number;
  exposure2: number;
  P: number;
  rateRatio: number | null;
  rateRatioLow95: number;
  rateRatioHigh95: number | null;
};
const exactCases = readGolden<{ cases: ExactCase[] }>('poisson-exact').cases;

describe('exact test of two Poisson counts', () => {
  test.each(exactCases)('R poisson.test: $k1 in $exposure1 against $k2 in $exposure2', (known) => {
    const exposures = { first: known.exposure1, second: known.exposure2 };
    expectSameP(poissonExactTest(known.k1, known.k2, exposures), known.P);
    const { ratio, low, high } = rateRatio(known.k1, known.k2, exposures);
    expectClose(ratio, known.rateRatio);
    expectClose([low, high], [known.rateRatioLow95, known.rateRatioHigh95], 1e-6);
  });

  test('is the plain sum over all outcomes no likelier than the observed', () => {
    fc.assert(
      fc.property(
        fc.nat(25),
        fc.nat(25),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (a, b, s, t) => {
          fc.pre(a + b > 0);
          expectClose(poissonExactTest(a, b, { first: s, second: t }), plainSum(a, a + b, s / (s + t)), 1e-9, 1e-12);
        },
      ),
    );
  });

  test('does not care which count comes first, nor about the unit of time', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.constantFrom(1, 7, 365), (a, b, days) => {
        const p = poissonExactTest(a, b, { first: 3 * days, second: 2 * days });
        expectClose(poissonExactTest(b, a, { first: 2, second: 3 }), p, 1e-9);
        expect(p === null || (p > 0 && p <= 1)).toBe(true);
      }),
    );
  });

  test('a hundred thousand against somewhat more is quick and sane', () => {
    expectClose(poissonExactTest(100_000, 101_000), 0.02587, 0.01);
    expect(poissonExactTest(100_000, 100_000)).toBe(1);
    expect(poissonExactTest(0, 5_000)).toBe(0.5 ** 4_999 || 0);
  });

  test('nothing against nothing is undefined', () => {
    expect(poissonExactTest(0, 0)).toBeNull();
    expect(rateRatio(0, 0)).toEqual({ ratio: null, low: null, high: null });
    expectClose(rateRatio(0, 3).ratio, 0);
  });

  test('counts that are none and periods without length are refused', () => {
    expect(() => poissonExactTest(1.5, 2)).toThrow(InputError);
    expect(() => poissonExactTest(-1, 2)).toThrow(InputError);
    expect(() => poissonExactTest(1, 2, { first: 0, second: 1 })).toThrow(/exposures.first is 0/);
    expect(() => rateRatio(1, 2, { first: 1, second: Number.NaN })).toThrow(InputError);
    expect(() => rateRatio(1, 2, { first: 1, second: 1 }, 95)).toThrow(/confidence is 95/);
  });
});

function plainSum(k: number, n: number, chance: number): number {
  const chances = [(1 - chance) ** n];
  for (let i = 1; i <= n; i++) chances.push(((chances[i - 1] as number) * (n - i + 1) * chance) / (i * (1 - chance)));
  const limit = (chances[k] as number) * (1 + 1e-7);
  return Math.min(
    1,
    chances.filter((value) => value <= limit).reduce((a, b) => a + b, 0),
  );
}

describe('E-test of two Poisson counts', () => {
  const { cases } = readGolden<{ cases: { k1: number; k2: number; P: number | null }[] }>('poisson-e-test');

  test.each(cases)('$k1 against $k2', ({ k1, k2, P }) => {
    expectSameP(poissonETest(k1, k2), P);
    expectSameP(poissonETest(k2, k1), P);
  });

  test('is never far above the exact test, being the more powerful one, and 1 for equal counts', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (a, b) => {
        fc.pre(a !== b);
        const p = poissonETest(a, b) as number;
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual((poissonExactTest(a, b) as number) + 0.02);
      }),
    );
    expect(poissonETest(7, 7)).toBe(1);
    expect(() => poissonETest(0.5, 1)).toThrow(InputError);
  });
});

test('the change of a map: difference, expectation by the lengths of the periods, and p', () => {
  const later = Object.freeze([6, 0, 3, 20]);
  const earlier = Object.freeze([2, 0, 0, 10]);
  const { change, expected, p } = poissonChange(later, earlier, { first: 182, second: 365 });
  expect(change).toEqual([4, 0, 3, 10]);
  expectClose(
    expected,
    [2, 0, 0, 10].map((count) => (count * 182) / 365),
  );
  expect(p[1]).toBeNull();
  expectSameP(p[3], 0.00027390510218663574);
  expectSameP(poissonChange([3], [0]).p, [0.25]);
  expect(() => poissonChange([1, 2], [1])).toThrow(InputError);
  expect(() => poissonChange([1.2], [1])).toThrow(/whole number/);
});
