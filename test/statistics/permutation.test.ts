import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { giStar } from '../../server/statistics/gi-star.ts';
import { giStarPermutation } from '../../server/statistics/gi-star-permutation.ts';
import { giStarRandomisation } from '../../server/statistics/gi-star-randomisation.ts';
import { localMoran } from '../../server/statistics/local-moran.ts';
import { localMoranPermutation } from '../../server/statistics/local-moran-permutation.ts';
import { neighboursFromLists } from '../../server/statistics/neighbours.ts';
import { createRandom } from '../../server/statistics/random.ts';
import { hexagonDisk, townCounts, uniformGap, uniformGapLimit } from './helpers.ts';

const disk = hexagonDisk(3);
const cells = 37;
const methods = { giStarPermutation, giStarRandomisation, localMoranPermutation };

/** Values without any pattern: every arrangement is as likely as any other. */
function noise(seed: number): number[] {
  const { uniform } = createRandom(seed);
  return Array.from({ length: cells }, () => -Math.log(1 - uniform()));
}

describe.each(Object.entries(methods))('%s', (_, method) => {
  test('on maps without a pattern p is uniform', () => {
    const p = Array.from({ length: 300 }, (_, map) => method(noise(map), disk, { permutations: 199, seed: map })[18]);
    expect(uniformGap(p as number[])).toBeLessThan(uniformGapLimit(p.length));
  });

  test('on maps with a hot spot p is not uniform, so the check above can fail', () => {
    const p = Array.from({ length: 300 }, (_, map) => {
      const values = noise(map).map((value, cell) => (cell >= 16 && cell <= 20 ? value + 4 : value));
      return method(values, disk, { permutations: 199, seed: map })[18];
    });
    expect(uniformGap(p as number[])).toBeGreaterThan(2 * uniformGapLimit(p.length));
  });

  test('the seed decides: the same again, or another draw', () => {
    const counts = townCounts(cells, 4);
    const run = (seed: number) => method(counts, disk, { permutations: 199, seed });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test('p is at least 2 / (permutations + 1), at most 1', () => {
    const values = noise(1).map((value, cell) => (cell >= 12 && cell <= 24 ? value + 50 : value));
    const p = method(values, disk, { permutations: 99, seed: 5 }) as number[];
    expect(Math.min(...p)).toBe(0.02);
    expect(Math.max(...p)).toBeLessThanOrEqual(1);
  });

  test('null where nothing can be dealt out anew', () => {
    const options = { permutations: 19, seed: 1 };
    expect(method(new Array<number>(cells).fill(4), disk, options)).toEqual(new Array(cells).fill(null));
    expect(method([0, 0, 0, 3, 1, 0, 8], hexagonDisk(1), options)[3]).toBeNull();
    expect(method([], neighboursFromLists([]), options)).toEqual([]);
  });

  test('bad input is refused, inputs are left alone', () => {
    expect(() => method(noise(1), disk, { permutations: 0, seed: 1 })).toThrow(InputError);
    expect(() => method(noise(1), disk, { permutations: 9, seed: -1 })).toThrow(InputError);
    expect(() => method([Number.NaN], neighboursFromLists([[]]), { permutations: 9, seed: 1 })).toThrow(InputError);
    const frozen = Object.freeze(noise(2));
    expect(() => method(frozen, disk, { permutations: 9, seed: 1 })).not.toThrow();
  });
});

test('with many even counts the permutation p is the normal p', () => {
  const { uniform } = createRandom(9);
  const counts = Array.from({ length: 127 }, () => 100 + uniform() + uniform() + uniform() + uniform());
  const town = hexagonDisk(6);
  const gap = (exact: readonly (number | null)[], normal: readonly (number | null)[]) =>
    Math.max(...exact.map((p, cell) => Math.abs((p as number) - (normal[cell] as number))));
  const options = { permutations: 9_999, seed: 3 };
  expect(gap(giStarRandomisation(counts, town, options), giStar(counts, town).p)).toBeLessThan(0.03);
  expect(gap(localMoranPermutation(counts, town, options), localMoran(counts, town).p)).toBeLessThan(0.03);
});

test('a lone full cell is hot by what z asks, not once its own value is held', () => {
  const counts = new Array<number>(cells).fill(0).map((_, cell) => (cell === 18 ? 30 : cell % 4 === 0 ? 1 : 0));
  const options = { permutations: 9_999, seed: 1 };
  expect(giStarRandomisation(counts, disk, options)[18] as number).toBeLessThan(0.5);
  expect(giStarPermutation(counts, disk, options)[18] as number).toBeGreaterThan(0.2);
});

test('an isolated cell can be ranked by itself, but has no neighbours to deal out', () => {
  const graph = neighboursFromLists([[1], [0, 2], [1], []]);
  const options = { permutations: 99, seed: 1 };
  expect(giStarPermutation([1, 2, 3, 9], graph, options)[3]).toBeNull();
  expect(localMoranPermutation([1, 2, 3, 9], graph, options)[3]).toBeNull();
  expect(giStarRandomisation([1, 2, 3, 9], graph, options)[3]).not.toBeNull();
});

test('a cell at the mean has a Local Moran of 0 whatever its neighbours, so no p', () => {
  const ring = neighboursFromLists(Array.from({ length: 6 }, (_, i) => [(i + 1) % 6, (i + 5) % 6]));
  const p = localMoranPermutation([2, 4, 0, 1, 3, 2], ring, { permutations: 99, seed: 1 });
  expect(p.map((value) => value === null)).toEqual([true, false, false, false, false, true]);
});
