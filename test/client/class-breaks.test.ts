import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classBreaks, classOf } from '../../client/map/class-breaks.ts';
import { classColours } from '../../client/map/palette.ts';

const counts = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 400 });

/** Sum of squared deviations of the roots within the classes of a partition. */
function deviation(classes: readonly (readonly number[])[]): number {
  return classes.reduce((sum, members) => {
    const roots = members.map(Math.sqrt);
    const mean = roots.reduce((a, b) => a + b, 0) / roots.length;
    return sum + roots.reduce((a, root) => a + (root - mean) ** 2, 0);
  }, 0);
}

/** Every way to cut a sorted list into runs of equal-or-greater values. */
function partitions(sorted: readonly number[], classes: number): number[][][] {
  if (classes === 1) return [[[...sorted]]];
  return sorted.slice(1).flatMap((value, index) => {
    const cut = index + 1;
    if (value === sorted[cut - 1] || sorted.length - cut < classes - 1) return [];
    return partitions(sorted.slice(cut), classes - 1).map((rest) => [sorted.slice(0, cut), ...rest]);
  });
}

describe('class breaks', () => {
  test('hold every positive count in exactly one class, without holes, and no zero', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 7 }), (values, classes) => {
        const breaks = classBreaks(values, classes);
        const positive = values.filter((value) => value > 0);
        expect(breaks.length).toBe(Math.min(classes, new Set(positive).size));
        expect(breaks.reduce((sum, { size }) => sum + size, 0)).toBe(positive.length);
        for (const [index, { from, to, size }] of breaks.entries()) {
          expect(to).toBeGreaterThanOrEqual(from);
          expect(positive.filter((value) => value >= from && value <= to).length).toBe(size);
          if (index > 0) expect(from).toBe((breaks[index - 1]?.to ?? 0) + 1);
        }
        if (positive.length > 0) {
          expect(breaks[0]?.from).toBe(Math.min(...positive));
          expect(breaks.at(-1)?.to).toBe(Math.max(...positive));
        }
        for (const value of values) expect(classOf(breaks, value) >= 0).toBe(value > 0);
      }),
    );
  });

  test('are the best of all partitions, by trying them all', () => {
    const small = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 4, maxLength: 10 });
    fc.assert(
      fc.property(small, (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const breaks = classBreaks(values, 3);
        const made = breaks.map(({ from, to }) => sorted.filter((value) => value >= from && value <= to));
        const best = Math.min(...partitions(sorted, breaks.length).map(deviation));
        expect(deviation(made)).toBeCloseTo(best, 9);
      }),
    );
  });

  test('set apart one extreme cell without emptying the others', () => {
    const values = [...Array(100).fill(1), ...Array(50).fill(2), ...Array(20).fill(9), 40, 44, 900];
    expect(classBreaks(values, 5).map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 8],
      [9, 39],
      [40, 899],
      [900, 900],
    ]);
  });

  test('are none without counts', () => {
    expect(classBreaks([])).toEqual([]);
    expect(classBreaks([0, 0])).toEqual([]);
  });

  test('stay fast with thousands of distinct counts', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => index * 3 + 1);
    const start = performance.now();
    expect(classBreaks(values, 5)).toHaveLength(5);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('class colours', () => {
  test('are as many as the classes, from light to dark', () => {
    const lightness = (hex: string) =>
      [1, 3, 5].reduce(
        (sum, at, index) => sum + Number.parseInt(hex.slice(at, at + 2), 16) * [0.3, 0.59, 0.11][index]!,
        0,
      );
    for (const classes of [0, 1, 2, 3, 4, 5]) {
      const shades = classColours(classes).map(lightness);
      expect(shades).toHaveLength(classes);
      expect(shades).toEqual(shades.toSorted((a, b) => b - a));
      expect(new Set(shades).size).toBe(classes);
    }
  });
});
