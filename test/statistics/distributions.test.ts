import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { binomialAtLeast, binomialAtMost, binomialProbability } from '../../server/statistics/binomial-distribution.ts';
import { normalCumulative, normalQuantile, twoSidedP } from '../../server/statistics/normal-distribution.ts';
import { poissonAtLeast, poissonAtMost, poissonProbability } from '../../server/statistics/poisson-distribution.ts';
import { poissonLimits } from '../../server/statistics/poisson-limits.ts';
import { expectClose, readGolden } from './helpers.ts';

const golden = readGolden<{
  normal: { z: number; lower: number; twoSidedP: number }[];
  quantiles: { p: number; quantile: number }[];
  poisson: { k: number; mean: number; probability: number; atMost: number; atLeast: number }[];
  binomial: { k: number; n: number; chance: number; probability: number; atMost: number; atLeast: number }[];
  poissonLimits: { cases: { mean: number; alpha: number; lower: number; upper: number }[] };
}>('distributions');

describe('normal distribution', () => {
  test('has the tails of a 40-digit calculation to 1e-13 relative, at z 37 too', () => {
    for (const { z, lower, twoSidedP: p } of golden.normal) {
      expectClose(normalCumulative(-z), lower, 1e-13, 0);
      expectClose(normalCumulative(z), 1 - lower, 1e-13, 0);
      expectClose(twoSidedP(z), p, 1e-13, 0);
      expect(twoSidedP(-z)).toBe(twoSidedP(z));
    }
  });

  test('beyond all doubles the tail is 0, never NaN', () => {
    expect(twoSidedP(1e6)).toBe(0);
    expect(normalCumulative(-1e200)).toBe(0);
    expect(normalCumulative(1e200)).toBe(1);
  });

  test('quantiles are those of a 40-digit calculation, from 1e-300 to the middle', () => {
    for (const { p, quantile } of golden.quantiles) expectClose(normalQuantile(p), quantile, 1e-12, 1e-15);
    expectClose(normalQuantile(0.95), 1.6448536269514722);
  });

  test('the quantile undoes the distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 5, noNaN: true }), (z) => {
        expectClose(normalQuantile(normalCumulative(z)), z, 1e-7, 1e-9);
      }),
    );
    expect(() => normalQuantile(0)).toThrow(InputError);
    expect(() => normalQuantile(Number.NaN)).toThrow(InputError);
  });
});

describe('Poisson and binomial distributions', () => {
  test('Poisson chances and tails are those of a 40-digit calculation', () => {
    for (const { k, mean, probability, atMost, atLeast } of golden.poisson) {
      expectClose(poissonProbability(k, mean), probability, 1e-12, 0);
      expectClose(poissonAtMost(k, mean), atMost, 1e-11, 1e-14);
      expectClose(poissonAtLeast(k, mean), atLeast, 1e-11, 1e-14);
    }
  });

  test('binomial chances and tails are those of a 40-digit calculation', () => {
    for (const { k, n, chance, probability, atMost, atLeast } of golden.binomial) {
      expectClose(binomialProbability(k, n, chance), probability, 1e-12, 0);
      expectClose(binomialAtMost(k, n, chance), atMost, 1e-11, 1e-14);
      expectClose(binomialAtLeast(k, n, chance), atLeast, 1e-11, 1e-14);
    }
  });

  test('all binomial chances add up to 1', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), (n, chance) => {
        const sum = Array.from({ length: n + 1 }, (_, k) => binomialProbability(k, n, chance)).reduce((a, b) => a + b);
        expectClose(sum, 1, 1e-12);
      }),
    );
  });

  test('the exact control limits are those of direct sums', () => {
    for (const { mean, alpha, lower, upper } of golden.poissonLimits.cases)
      expect(poissonLimits(mean, alpha)).toEqual({ lower, upper });
    expect(poissonLimits(0, 0.002)).toEqual({ lower: 0, upper: 0 });
  });

  test('nonsense is refused', () => {
    expect(() => poissonProbability(1.5, 2)).toThrow(InputError);
    expect(() => poissonProbability(1, -2)).toThrow(InputError);
    expect(() => binomialProbability(1, 3, 1.2)).toThrow(InputError);
    expect(() => poissonLimits(-1, 0.05)).toThrow(InputError);
    expect(() => poissonLimits(3, 1e-12)).toThrow(InputError);
  });
});
