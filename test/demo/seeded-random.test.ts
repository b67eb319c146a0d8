import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cumulate, drawIndex, seededRandom, shuffled } from '../../server/demo/seeded-random.ts';

describe('seeded randomness', () => {
  test('gives the same numbers for the same seed, all in [0, 1)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const [a, b] = [seededRandom(seed), seededRandom(seed)];
        for (let i = 0; i < 50; i++) {
          const value = a();
          expect(value).toBe(b());
          expect(value >= 0 && value < 1).toBe(true);
        }
      }),
    );
  });

  test('shuffling keeps everything and leaves the original alone', () => {
    const list = Array.from({ length: 100 }, (_, index) => index);
    const copy = shuffled(list, seededRandom(5));
    expect(copy).not.toEqual(list);
    expect(copy.sort((a, b) => a - b)).toEqual(list);
  });

  test('draws in proportion to the weights, and never what weighs nothing', () => {
    const random = seededRandom(9);
    const cumulative = cumulate([1, 0, 3]);
    const counts = [0, 0, 0];
    for (let i = 0; i < 10_000; i++) counts[drawIndex(cumulative, random)]! += 1;
    expect(counts[1]).toBe(0);
    expect((counts[2] as number) / 10_000).toBeCloseTo(0.75, 1);
  });
});
