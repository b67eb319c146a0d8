import { expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { createRandom } from '../../server/statistics/random.ts';
import { similarityIndex } from '../../server/statistics/similarity-index.ts';
import { expectClose, townCounts } from './helpers.ts';

const town = townCounts(200, 12).map((count) => count * 3);

test('a pattern is similar to itself everywhere', () => {
  const { s, robust, local } = similarityIndex(town, town, { seed: 1 });
  expect(s).toBe(1);
  expect(robust).toBe(1);
  expect(local?.every((state) => state === 0)).toBe(true);
});

test('shares count, not numbers: ten times as many of the same pattern are similar', () => {
  expect(
    similarityIndex(
      town.map((count) => count * 10),
      town,
      { seed: 1 },
    ).s,
  ).toBe(1);
});

test('patterns in different places are similar only where both are empty', () => {
  const base = [40, 40, 0, 0, 0, 0];
  const test = [0, 0, 40, 40, 0, 0];
  const result = similarityIndex(Object.freeze(base), Object.freeze(test), { seed: 5 });
  expect(result.local).toEqual([-1, -1, 1, 1, 0, 0]);
  expectClose(result.s, 2 / 6);
  expectClose(result.robust, 0);
});

test('the interval is the 6th to the 195th of 200 samples of 85 %, as in R sppt', () => {
  // the same by plain means: shuffle all incidents, take the first 85 %, sort each cell's shares
  const base = [30, 22, 28, 20];
  const other = [36, 24, 20, 20];
  const incidents = other.flatMap((count, cell) => new Array<number>(count).fill(cell));
  const { shuffle } = createRandom(77);
  const shares = other.map(() => [] as number[]);
  for (let sample = 0; sample < 20_000; sample++) {
    shuffle(incidents);
    const counts = [0, 0, 0, 0];
    for (const cell of incidents.slice(0, 85)) counts[cell] = (counts[cell] as number) + 1;
    counts.forEach((count, cell) => {
      shares[cell]?.push(count / 85);
    });
  }
  const expected = shares.map((list, cell) => {
    list.sort((a, b) => a - b);
    const share = (base[cell] as number) / 100;
    return share < (list[500] as number) ? 1 : share > (list[19_499] as number) ? -1 : 0;
  });
  expect(similarityIndex(base, other, { seed: 3, samples: 20_000 }).local).toEqual(expected);
  expect(expected).toEqual([1, 0, -1, 0]);
});

test('the seed decides', () => {
  const other = townCounts(200, 13);
  expect(similarityIndex(town, other, { seed: 1 })).toEqual(similarityIndex(town, other, { seed: 1 }));
});

test('an empty pattern has no shares', () => {
  expect(similarityIndex([0, 0], [1, 2], { seed: 1 })).toEqual({ s: null, robust: null, local: null });
  expect(similarityIndex([1, 2], [0, 0], { seed: 1 })).toEqual({ s: null, robust: null, local: null });
});

test('bad input is refused', () => {
  expect(() => similarityIndex([1], [1, 2], { seed: 1 })).toThrow(InputError);
  expect(() => similarityIndex([1.5], [1], { seed: 1 })).toThrow(/whole counts/);
  expect(() => similarityIndex([1], [1], { seed: 1, sampleShare: 85 })).toThrow(/sampleShare is 85/);
});
