import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { forecastEvaluation } from '../../server/statistics/forecast-evaluation.ts';
import { type ForecastMethod, forecastMethods } from '../../server/statistics/forecast-methods.ts';
import { hitRateCurve } from '../../server/statistics/hit-rate-curve.ts';
import { predictiveAccuracy } from '../../server/statistics/predictive-accuracy.ts';
import { recencyWeightedCount } from '../../server/statistics/recency-weighted-count.ts';
import { cellsOf, expectClose, hexagonDisk, readGolden, townCounts } from './helpers.ts';

type Row = { k: number; hits: number; bestHits: number; hitRate: number; areaShare: number; pai: number; pei: number };
type Ranked = { score: number[]; observed: number[]; cellArea: number; byNumberOfCells: Row[] };
type Totals = {
  input: { hits: number; bestHits: number; incidents: number; areaSelected: number; areaTotal: number };
  pai: number;
  pei: number;
};
const golden = readGolden<{ ranked: Ranked[]; totals: Totals[] }>('pai-pei');

test.each(golden.ranked)(
  'hit rate, PAI and PEI along the ranking $score',
  ({ score, observed, cellArea, byNumberOfCells }) => {
    const curve = hitRateCurve(Object.freeze(score), Object.freeze(observed));
    for (const row of byNumberOfCells) {
      const [hits, bestHits] = [curve.hits[row.k - 1] as number, curve.bestHits[row.k - 1] as number];
      expectClose([hits, bestHits], [row.hits, row.bestHits]);
      const accuracy = predictiveAccuracy({
        hits,
        bestHits,
        incidents: curve.incidents,
        areaSelected: row.k * cellArea,
        areaTotal: score.length * cellArea,
      });
      expectClose(
        [accuracy.hitRate, accuracy.areaShare, accuracy.pai, accuracy.pei],
        [row.hitRate, row.areaShare, row.pai, row.pei],
      );
    }
  },
);

test('PAI and PEI of totals', () => {
  for (const { input, pai, pei } of golden.totals) {
    const accuracy = predictiveAccuracy(input);
    expectClose([accuracy.pai, accuracy.pei], [pai, pei]);
  }
});

test('tied cells: the emptiest first as in R ptools, or a blind choice on average', () => {
  const { paiWithTies } = readGolden<{
    paiWithTies: { score: number[]; observed: number[]; pai: number[]; pei: number[] };
  }>('published-examples');
  const worst = hitRateCurve(paiWithTies.score, paiWithTies.observed, 'worst');
  const pai = Array.from(worst.hits, (hits, i) => hits / worst.incidents / ((i + 1) / 6));
  const pei = Array.from(worst.hits, (hits, i) => hits / (worst.bestHits[i] as number));
  expectClose(pai, paiWithTies.pai, 0, 5e-5);
  expectClose(pei, paiWithTies.pei, 0, 5e-5);
  expect([...hitRateCurve(paiWithTies.score, paiWithTies.observed).hits]).toEqual([6, 11, 16, 18, 19, 19]);
});

test('no ranking beats the best choice, all cells catch all, and the order of listing does not matter', () => {
  const pair = fc.array(fc.tuple(fc.nat(4), fc.nat(9)), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(pair, fc.constantFrom('expected' as const, 'worst' as const), (cells, ties) => {
      const curve = hitRateCurve(
        cells.map(([score]) => score),
        cells.map(([, count]) => count),
        ties,
      );
      curve.hits.forEach((hits, i) => {
        expect(hits).toBeLessThanOrEqual((curve.bestHits[i] as number) + 1e-9);
      });
      expectClose(curve.hits.at(-1), curve.incidents);
      const reversed = [...cells].reverse();
      const again = hitRateCurve(
        reversed.map(([score]) => score),
        reversed.map(([, count]) => count),
        ties,
      );
      expectClose(again.hits, curve.hits);
    }),
  );
});

test('without incidents there is nothing to measure by', () => {
  const selection = { hits: 0, bestHits: 0, incidents: 0, areaSelected: 1, areaTotal: 2 };
  expect(predictiveAccuracy(selection)).toEqual({ hitRate: null, areaShare: 0.5, pai: null, pei: null });
  expect(() => predictiveAccuracy({ ...selection, hits: 3 })).toThrow(InputError);
  expect(() => predictiveAccuracy({ ...selection, areaSelected: 0 })).toThrow(InputError);
  expect(() => predictiveAccuracy({ ...selection, areaSelected: 3 })).toThrow(InputError);
});

test('recent periods weigh more: half as much for every half-life', () => {
  expectClose(
    recencyWeightedCount(
      [
        [8, 0],
        [4, 0],
        [2, 1],
      ],
      1,
    ),
    [8 / 4 + 4 / 2 + 2, 1],
  );
  expectClose(recencyWeightedCount([[8], [0], [0]], 2), [4]);
  expect([...recencyWeightedCount([], 1)]).toEqual([]);
  expect(() => recencyWeightedCount([[1], [1, 2]], 1)).toThrow(InputError);
  expect(() => recencyWeightedCount([[1]], 0)).toThrow(/halfLife/);
});

describe('evaluation on held-out periods', () => {
  const disk = hexagonDisk(6);
  const cells = cellsOf(disk);
  const steady = townCounts(cells, 2);
  const periods = Array.from({ length: 8 }, (_, month) =>
    steady.map((count, i) => count + ((i * 7 + month) % 3 === 0 ? 1 : 0)),
  );
  const knowing: ForecastMethod = { name: 'count', score: (history) => history.at(-1) as number[] };
  const blind: ForecastMethod = { name: 'giStar', score: () => new Float64Array(cells) };
  const options = { heldOut: 3, coverages: [0.05, 0.2] };

  test('a steady town is forecast by its past, a blind ranking gets what chance gets', () => {
    const [good, chance] = forecastEvaluation(periods, [knowing, blind], options);
    expect(good?.coverages[0]?.pei as number).toBeGreaterThan(0.9);
    expectClose(chance?.coverages[0]?.pai, 1);
    expect(good?.coverages[0]).toMatchObject({ coverage: 0.05, cells: Math.round(0.05 * cells), periodsBest: 3 });
    expect(chance?.coverages[0]?.periodsBest).toBe(0);
    const { hits, incidents, hitRate } = good?.coverages[1] ?? { hits: 0, incidents: 0, hitRate: 0 };
    expectClose(hitRate, hits / incidents);
  });

  test('a period is never shown to the method that forecasts it', () => {
    const seen: number[][] = [];
    const spy: ForecastMethod = {
      name: 'count',
      score: (history) => {
        seen.push(history.map((period) => periods.indexOf(period as number[])));
        return history.at(-1) as number[];
      },
    };
    forecastEvaluation(periods, [spy], options);
    expect(seen).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3, 4, 5, 6],
    ]);
    seen.length = 0;
    forecastEvaluation(periods, [spy], { ...options, window: 2 });
    expect(seen).toEqual([
      [3, 4],
      [4, 5],
      [5, 6],
    ]);
  });

  test('the four methods rank by count, recency, density and Gi*', () => {
    const x = Array.from({ length: cells }, (_, i) => i * 100);
    const methods = forecastMethods({ neighbours: disk, centres: { x, y: x }, bandwidthMetres: 50, halfLife: 1 });
    expect(methods.map(({ name }) => name)).toEqual(['count', 'recencyWeightedCount', 'density', 'giStar']);
    const [count, recent, density, z] = methods.map(({ score }) => Array.from(score(periods)));
    expectClose(
      count,
      steady.map((_, i) => periods.reduce((sum, period) => sum + (period[i] as number), 0)),
    );
    expectClose(recent, recencyWeightedCount(periods, 1));
    // no other centre within 50 m: the density is the count at the kernel's top
    expectClose(
      density,
      (count as number[]).map((value) => (value * 3e6) / (Math.PI * 2_500)),
    );
    expect(z?.every((value) => Number.isFinite(value))).toBe(true);
    const results = forecastEvaluation(periods, methods, options);
    expect(results.every(({ coverages }) => coverages.length === 2)).toBe(true);
    const nothing = forecastEvaluation(
      periods.map((period) => period.map(() => 0)),
      methods,
      options,
    );
    expect(nothing[0]?.coverages[0]).toMatchObject({ hitRate: null, pai: null, pei: null });
  });

  test('something must be left to learn from', () => {
    expect(() => forecastEvaluation(periods, [knowing], { ...options, heldOut: 8 })).toThrow(/at least one/);
    expect(() => forecastEvaluation(periods, [knowing], { ...options, coverages: [0] })).toThrow(/coverage is 0/);
    expect(() => forecastEvaluation([[], []], [knowing], { heldOut: 1, coverages: [0.1] })).toThrow(/no cells/);
  });
});
