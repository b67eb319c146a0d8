import { readFileSync } from 'node:fs';
import { gridDisk } from 'h3-js';
import { expect } from 'vitest';
import { type Neighbours, neighboursFromLists } from '../../server/statistics/neighbours.ts';
import { createRandom } from '../../server/statistics/random.ts';

/** Reads figures of other implementations from test/golden/statistics; their `source` says whose. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/statistics/${name}.json`, import.meta.url), 'utf8')) as T;
}

export type Figures = number | null | undefined | readonly Figures[] | ArrayLike<number>;

/** Closed forms agree to 1e-9 relative, 1e-12 absolute near 0; null only with null. */
export function expectClose(actual: Figures, expected: Figures, relative = 1e-9, absolute = 1e-12): void {
  if (typeof expected === 'number') {
    expect(actual).toBeTypeOf('number');
    const apart = Math.abs((actual as number) - expected);
    if (!(apart <= Math.max(absolute, relative * Math.abs(expected)))) expect(actual).toBe(expected);
    return;
  }
  if (expected === null || expected === undefined) {
    expect(actual).toBe(expected);
    return;
  }
  const [list, wanted] = [Array.from(actual as ArrayLike<Figures>), Array.from(expected as ArrayLike<Figures>)];
  expect(list.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expectClose(list[i], value, relative, absolute);
  });
}

/** p and q agree to 1e-6 absolute, and to 1e-6 relative wherever that is stricter. */
export function expectSameP(actual: Figures, expected: Figures): void {
  expectClose(actual, expected, 1e-6, 1e-300);
}

/** A hexagon grid of the given radius round one cell: 1, 7, 19, … cells, 3r(r+1)+1 in all. */
export function hexagonDisk(radius: number): Neighbours {
  const at = new Map<string, number>();
  const places: [number, number][] = [];
  for (let q = -radius; q <= radius; q++)
    for (let r = Math.max(-radius, -radius - q); r <= Math.min(radius, radius - q); r++) {
      at.set(`${q},${r}`, places.length);
      places.push([q, r]);
    }
  const steps = [
    [1, 0],
    [0, 1],
    [-1, 1],
    [-1, 0],
    [0, -1],
    [1, -1],
  ] as const;
  return neighboursFromLists(
    places.map(([q, r]) =>
      steps.map(([a, b]) => at.get(`${q + a},${r + b}`)).filter((cell): cell is number => cell !== undefined),
    ),
  );
}

export function cellsOf(neighbours: Neighbours): number {
  return neighbours.offsets.length - 1;
}

/** The six touching cells of each H3 cell, as far as they belong to the study area. */
export function h3Neighbours(cells: readonly string[]): Neighbours {
  const at = new Map(cells.map((cell, i) => [cell, i]));
  return neighboursFromLists(
    cells.map((cell, own) =>
      gridDisk(cell, 1)
        .map((other) => at.get(other))
        .filter((other): other is number => other !== undefined && other !== own),
    ),
  );
}

/** Counts like a town's: most cells empty, a few full; seeded. */
export function townCounts(cells: number, seed: number): number[] {
  const { uniform } = createRandom(seed);
  return Array.from({ length: cells }, () => (uniform() < 0.7 ? 0 : Math.floor(-8 * Math.log(1 - uniform()))));
}

/** The largest gap between the values' distribution and the uniform one on [0, 1] (Kolmogorov-Smirnov). */
export function uniformGap(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(...sorted.map((value, i) => Math.max((i + 1) / sorted.length - value, value - i / sorted.length)));
}

/** The gap that uniform values exceed once in a thousand times. */
export function uniformGapLimit(n: number): number {
  return 1.95 / Math.sqrt(n);
}
