import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { concentration, shareOfFullest } from '../../server/statistics/concentration.ts';
import { gini, giniGeneralised } from '../../server/statistics/gini.ts';
import { lorenz } from '../../server/statistics/lorenz.ts';
import { overlap } from '../../server/statistics/overlap.ts';
import { expectClose, readGolden } from './helpers.ts';

type GiniCase = { counts: number[]; gini: number | null; giniGeneralised: number | null };
type ConcentrationCase = { counts: number[]; shares: { percentOfIncidents: number; places: number }[] };
const counts = fc.array(fc.nat(30), { minLength: 1, maxLength: 50 });

test.each(readGolden<{ cases: GiniCase[] }>('gini').cases)('Gini of $counts', (known) => {
  expectClose(gini(Object.freeze(known.counts)), known.gini);
  expectClose(giniGeneralised(known.counts), known.giniGeneralised);
});

test.each(readGolden<{ cases: ConcentrationCase[] }>('concentration').cases)('concentration of $counts', (known) => {
  const { counts: input, ...expected } = known;
  expect(concentration(Object.freeze(input))).toEqual(expected);
});

test('Gini lies within 0 and 1, whatever the order and the unit', () => {
  fc.assert(
    fc.property(counts, (x) => {
      const value = gini(x);
      if (x.every((count) => count === 0)) {
        expect([value, giniGeneralised(x), lorenz(x)]).toEqual([null, null, null]);
        return;
      }
      expect(value as number).toBeGreaterThanOrEqual(0);
      expect(value as number).toBeLessThan(1);
      expect(giniGeneralised(x) as number).toBeGreaterThanOrEqual(0);
      expect(giniGeneralised(x) as number).toBeLessThanOrEqual((value as number) + 1e-12);
      expectClose(gini([...x].reverse()), value);
      expectClose(gini(x.map((count) => count * 0.3)), value, 1e-9, 1e-9);
    }),
  );
});

test('Gini is twice the area between the Lorenz curve and the diagonal', () => {
  fc.assert(
    fc.property(counts, (x) => {
      const points = lorenz(x);
      if (points === null) return;
      let below = 0;
      points.forEach((point, i) => {
        const before = points[i - 1];
        if (!before) return;
        below +=
          ((point.shareOfPlaces - before.shareOfPlaces) * (point.shareOfIncidents + before.shareOfIncidents)) / 2;
        expect(point.shareOfIncidents).toBeLessThanOrEqual(point.shareOfPlaces + 1e-12);
      });
      expectClose(1 - 2 * below, gini(x), 1e-9, 1e-9);
      expect(points.at(-1)).toEqual({ shareOfPlaces: 1, shareOfIncidents: 1 });
    }),
  );
});

test('the Lorenz curve of a large grid stays a short list', () => {
  const grid = Array.from({ length: 100_000 }, (_, i) => (i % 50 === 0 ? 1 + (i % 7) : 0));
  expect(lorenz(grid)?.length).toBe(9);
});

test('so many places hold so much, and one fewer does not', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 100 }), (x, percent) => {
      const { shares, incidents } = concentration(x, [percent]);
      if (incidents === 0) {
        expect(shares).toBeNull();
        expect(shareOfFullest(x, 1)).toBeNull();
        return;
      }
      const places = shares?.[0]?.places as number;
      expect((shareOfFullest(x, places) as number) * 100).toBeGreaterThanOrEqual(percent - 1e-9);
      if (places > 1) expect((shareOfFullest(x, places - 1) as number) * 100).toBeLessThan(percent + 1e-9);
    }),
  );
  expectClose(shareOfFullest([47, 30, 20, 3], 1), 0.47);
  expectClose(shareOfFullest([1, 1], 10), 1);
});

test('negative counts and percentages beyond 100 are refused', () => {
  for (const measure of [gini, giniGeneralised, lorenz, concentration])
    expect(() => measure([3, -1])).toThrow(/negative/);
  expect(() => concentration([1], [101])).toThrow(InputError);
  expect(() => shareOfFullest([1], 0)).toThrow(InputError);
});

test('two sets of hot cells overlap by what they share of what either has', () => {
  const a = Object.freeze([true, true, true, false, false, false]);
  const b = Object.freeze([true, true, false, true, false, false]);
  expect(overlap(a, b)).toEqual({ both: 2, onlyFirst: 1, onlySecond: 1, neither: 2, expectedBoth: 1.5, jaccard: 0.5 });
  expect(overlap([false], [false]).jaccard).toBeNull();
  expect(overlap([], [])).toMatchObject({ expectedBoth: null, jaccard: null });
  expect(() => overlap([true], [])).toThrow(InputError);
});
