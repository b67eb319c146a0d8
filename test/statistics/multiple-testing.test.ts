import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { adjustP } from '../../server/statistics/adjust-p.ts';
import { benjaminiHochberg } from '../../server/statistics/benjamini-hochberg.ts';
import { benjaminiYekutieli } from '../../server/statistics/benjamini-yekutieli.ts';
import { bonferroni } from '../../server/statistics/bonferroni.ts';
import { significanceClass } from '../../server/statistics/significance-class.ts';
import { expectClose, readGolden } from './helpers.ts';

type Golden = { cases: { p: (number | null)[]; q: (number | null)[] }[] };
const chances = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }), { maxLength: 60 });
const methods = { benjaminiHochberg, benjaminiYekutieli, bonferroni };

test('Benjamini-Hochberg gives the q of R', () => {
  for (const { p, q } of readGolden<Golden>('benjamini-hochberg').cases) expectClose(benjaminiHochberg(p), q);
});

test('Benjamini-Yekutieli gives the q of R', () => {
  for (const { p, q } of readGolden<Golden>('benjamini-yekutieli').cases) expectClose(benjaminiYekutieli(p), q);
});

test('Bonferroni multiplies by the number of tests that were made', () => {
  expectClose(bonferroni([0.01, null, 0.4, 0.002]), [0.03, null, 1, 0.006]);
});

describe.each(Object.entries(methods))('%s', (_, adjust) => {
  test('q is never below p nor above 1, rises with p, and is null where p is', () => {
    fc.assert(
      fc.property(chances, (p) => {
        const q = adjust(p);
        expect(q.map((value) => value === null)).toEqual(p.map((value) => value === null));
        const pairs = p.map((value, i) => [value, q[i]]).filter(([value]) => value !== null) as [number, number][];
        for (const [chance, adjusted] of pairs) {
          expect(adjusted).toBeGreaterThanOrEqual(chance);
          expect(adjusted).toBeLessThanOrEqual(1);
        }
        pairs.sort((a, b) => a[0] - b[0]);
        for (let i = 1; i < pairs.length; i++)
          expect((pairs[i] as number[])[1]).toBeGreaterThanOrEqual((pairs[i - 1] as number[])[1] as number);
      }),
    );
  });

  test('the order of the cells does not matter, and nothing is written to the input', () => {
    fc.assert(
      fc.property(chances, (p) => {
        const frozen = Object.freeze([...p]);
        const backwards = Object.freeze([...p].reverse());
        expect([...adjust(backwards)].reverse()).toEqual([...adjust(frozen)]);
      }),
    );
  });

  test('a p outside 0 to 1 is refused', () => {
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => adjust([0.5, p])).toThrow(InputError);
    expect(adjust([])).toEqual([]);
    expect(adjust([null])).toEqual([null]);
  });
});

test('at most 5 % of the findings on pure noise and true effects mixed are false, on average', () => {
  // 50 maps of 200 uniform p with 40 tiny ones among them: the mean share of false ones stays near 0.05 * 160/200
  let falseShare = 0;
  for (let map = 0; map < 50; map++) {
    const p = Array.from({ length: 200 }, (_, i) =>
      i < 40 ? 1e-9 * (i + 1) : ((i * 7919 + map * 104729) % 10007) / 10007,
    );
    const q = benjaminiHochberg(p);
    const found = q.map((value, i) => ({ value: value as number, i })).filter(({ value }) => value <= 0.05);
    falseShare += found.filter(({ i }) => i >= 40).length / found.length / 50;
  }
  expect(falseShare).toBeLessThan(0.05);
});

test('the correction is chosen by name', () => {
  const p = [0.01, 0.02, 0.2];
  expect(adjustP(p, 'benjamini-hochberg')).toEqual(benjaminiHochberg(p));
  expect(adjustP(p, 'benjamini-yekutieli')).toEqual(benjaminiYekutieli(p));
  expect(adjustP(p, 'bonferroni')).toEqual(bonferroni(p));
  expect(adjustP(p, 'none')).toEqual(p);
});

test('classes go by the sign of z and by p at 0.01, 0.05 and 0.1, ends included', () => {
  expect(significanceClass(3, 0.01)).toBe('hot99');
  expect(significanceClass(2, 0.010001)).toBe('hot95');
  expect(significanceClass(2, 0.05)).toBe('hot95');
  expect(significanceClass(1.8, 0.0500001)).toBe('hot90');
  expect(significanceClass(1.7, 0.1)).toBe('hot90');
  expect(significanceClass(1.6, 0.1000001)).toBe('none');
  expect(significanceClass(-1.7, 0.09)).toBe('cold90');
  expect(significanceClass(-2, 0.04)).toBe('cold95');
  expect(significanceClass(-3, 0.001)).toBe('cold99');
  expect(significanceClass(null, null)).toBeNull();
  expect(significanceClass(2, null)).toBeNull();
});
