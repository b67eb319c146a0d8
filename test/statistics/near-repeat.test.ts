import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { closePairs } from '../../server/statistics/close-pairs.ts';
import { type KnoxOptions, knox } from '../../server/statistics/knox.ts';
import { createRandom } from '../../server/statistics/random.ts';
import { readGolden, uniformGap, uniformGapLimit } from './helpers.ts';

const golden = readGolden<{
  spaceBreaksMetres: number[];
  timeBreaksDays: number[];
  points: { x: number; y: number; day: number }[];
  pairs: number;
  observedManhattan: number[][];
  observedEuclidean: number[][];
}>('knox');
const points = {
  x: golden.points.map(({ x }) => x),
  y: golden.points.map(({ y }) => y),
  day: golden.points.map(({ day }) => day),
};
const options: KnoxOptions = {
  spaceBreaksMetres: golden.spaceBreaksMetres,
  timeBreaksDays: golden.timeBreaksDays,
  distance: 'manhattan',
  permutations: 99,
  seed: 1,
};

test('counts the reference’s pairs by either distance', () => {
  expect(knox(points, options).observed).toEqual(golden.observedManhattan);
  expect(knox(points, { ...options, distance: 'euclidean' }).observed).toEqual(golden.observedEuclidean);
});

test('every pair is in one band when the bands reach far enough', () => {
  const wide = { ...options, spaceBreaksMetres: [0, 500, 1e7], timeBreaksDays: [0, 10, 1_000] };
  const total = knox(points, wide)
    .observed.flat()
    .reduce((a, b) => a + b);
  expect(total).toBe(golden.pairs);
});

test('what is expected is what all dealings of the days give on average', () => {
  // four points in two pairs of close ones: of the three ways to pair up the days, one joins near days twice
  const four = { x: [0, 10, 5_000, 5_010], y: [0, 0, 0, 0], day: [1, 2, 50, 51] };
  const table = knox(four, { ...options, spaceBreaksMetres: [0, 100], timeBreaksDays: [0, 8], permutations: 9_999 });
  expect(table.observed).toEqual([[2]]);
  expect(table.expectedMean[0]?.[0] as number).toBeCloseTo(2 / 3, 1);
  expect(table.p[0]?.[0] as number).toBeCloseTo(1 / 3, 1);
  expect(table.ratioMean[0]?.[0] as number).toBeCloseTo(3, 0);
  expect(table.ratioMedian[0]?.[0]).toBeNull();
});

describe('on seeded data', () => {
  const scattered = (seed: number, repeats: boolean) => {
    const { uniform, below } = createRandom(seed);
    const x = Array.from({ length: 60 }, () => uniform() * 1_000);
    const y = Array.from({ length: 60 }, () => uniform() * 1_000);
    const day = Array.from({ length: 60 }, () => below(90));
    for (let i = 0; repeats && i < 20; i += 2) {
      x[i + 1] = (x[i] as number) + 5;
      y[i + 1] = y[i] as number;
      day[i + 1] = (day[i] as number) + 1;
    }
    return { x, y, day };
  };
  const chances = (repeats: boolean) =>
    Array.from({ length: 300 }, (_, seed) => {
      const { p } = knox(scattered(seed, repeats), {
        ...options,
        spaceBreaksMetres: [0, 300],
        timeBreaksDays: [0, 15],
        permutations: 199,
        seed,
      });
      return p[0]?.[0] as number;
    });

  test('p is uniform when places and days have nothing to do with each other', () => {
    expect(uniformGap(chances(false))).toBeLessThan(uniformGapLimit(300));
  });

  test('and is not when incidents repeat nearby, so the check above can fail', () => {
    expect(uniformGap(chances(true))).toBeGreaterThan(2 * uniformGapLimit(300));
  });
});

test('the smallest p is 1 / (permutations + 1): the table itself is one of the dealings', () => {
  const burst = { x: Array.from({ length: 20 }, (_, i) => (i < 10 ? i : 1e5 * i)), y: new Array<number>(20).fill(0) };
  const day = burst.x.map((_, i) => (i < 10 ? 0 : 100 * i));
  const table = knox({ ...burst, day }, { ...options, spaceBreaksMetres: [0, 100], timeBreaksDays: [0, 8] });
  expect(table.observed).toEqual([[45]]);
  expect(table.p).toEqual([[0.01]]);
});

test('the seed decides, and the origin of days and places does not', () => {
  const moved = { x: points.x.map((x) => x - 449_000), y: points.y, day: points.day.map((day) => day + 19_000) };
  expect(knox(moved, options)).toEqual(knox(points, options));
  expect(knox(points, { ...options, seed: 2 }).expectedMean).not.toEqual(knox(points, options).expectedMean);
});

test('bands are half-open and may leave the same place out', () => {
  const row = { x: [0, 0, 100, 300], y: [0, 0, 0, 0] };
  const bands = (breaks: number[]) => [...closePairs(row, breaks, 'euclidean').band];
  expect(bands([0, 100, 200])).toEqual([0, 1, 1]);
  expect(bands([1, 101, 300]).sort()).toEqual([0, 0, 1]);
});

test('bad input is refused, inputs are left alone', () => {
  expect(() => knox(points, { ...options, spaceBreaksMetres: [100, 0] })).toThrow(/rising/);
  expect(() => knox(points, { ...options, timeBreaksDays: [0] })).toThrow(InputError);
  expect(() => knox({ ...points, day: points.day.map((day) => day + 0.5) }, options)).toThrow(/whole days/);
  expect(() => knox({ ...points, day: [1] }, options)).toThrow(InputError);
  expect(() => knox(points, { ...options, permutations: 0 })).toThrow(InputError);
  const empty = knox({ x: [], y: [], day: [] }, options);
  expect(empty.observed.flat().every((count) => count === 0)).toBe(true);
  expect(empty.ratioMean.flat().every((ratio) => ratio === null)).toBe(true);
  const frozen = {
    x: Object.freeze([...points.x]),
    y: Object.freeze([...points.y]),
    day: Object.freeze([...points.day]),
  };
  expect(knox(frozen, options)).toEqual(knox(points, options));
});
