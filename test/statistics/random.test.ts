import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { createRandom } from '../../server/statistics/random.ts';
import { uniformGap, uniformGapLimit } from './helpers.ts';

test('the same seed gives the same numbers, on every machine and in every version', () => {
  const { uniform, below } = createRandom(2024);
  expect([uniform(), uniform(), below(1000), below(1000)]).toEqual([0.8003339383354069, 0.7528119686417881, 528, 291]);
});

test('another seed or another stream gives other numbers', () => {
  const first = (seed: number, stream?: number) => createRandom(seed, stream).uniform();
  const numbers = [first(1), first(2), first(1, 1), first(1, 2), first(0), first(4294967295)];
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('uniform numbers are uniform, and whole numbers below a limit are equally frequent', () => {
  const { uniform, below } = createRandom(7);
  const numbers = Array.from({ length: 20_000 }, uniform);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(uniformGap(numbers)).toBeLessThan(uniformGapLimit(numbers.length));
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) {
    const face = below(7);
    counts[face] = (counts[face] as number) + 1;
  }
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(22.5); // 0.1 % of 6 degrees of freedom
});

test('streams of one seed do not resemble each other', () => {
  const firsts = Array.from({ length: 5_000 }, (_, stream) => createRandom(11, stream).uniform());
  expect(uniformGap(firsts)).toBeLessThan(uniformGapLimit(firsts.length));
});

test('whole numbers stay below any limit', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.integer({ min: 1, max: 2 ** 40 }), (seed, limit) => {
      const value = createRandom(seed).below(limit);
      return Number.isInteger(value) && value >= 0 && value < limit;
    }),
  );
});

test('a shuffle keeps the things and reaches all orders alike', () => {
  const seen = new Map<string, number>();
  const { shuffle } = createRandom(3);
  for (let i = 0; i < 6_000; i++) {
    const list = [1, 2, 3];
    shuffle(list);
    seen.set(list.join(''), (seen.get(list.join('')) ?? 0) + 1);
  }
  expect([...seen.keys()].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
  for (const count of seen.values()) expect(Math.abs(count - 1_000)).toBeLessThan(120);
});

test('a seed that is none is refused', () => {
  for (const seed of [-1, 1.5, Number.NaN, 2 ** 32]) expect(() => createRandom(seed)).toThrow(InputError);
});
