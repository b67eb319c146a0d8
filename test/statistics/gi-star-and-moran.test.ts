import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { benjaminiHochberg } from '../../server/statistics/benjamini-hochberg.ts';
import { giStar } from '../../server/statistics/gi-star.ts';
import { globalGetisOrd } from '../../server/statistics/global-getis-ord.ts';
import { globalMoran } from '../../server/statistics/global-moran.ts';
import { localMoran } from '../../server/statistics/local-moran.ts';
import { type Neighbours, neighboursFromLists } from '../../server/statistics/neighbours.ts';
import { normalApproximation } from '../../server/statistics/normal-approximation.ts';
import { cellsOf, expectClose, expectSameP, h3Neighbours, hexagonDisk, readGolden, townCounts } from './helpers.ts';

type Maybe = number | null;
type Global = { I: number; E: number; Var: number; Z: number; P: number };
type Graph = {
  name: string;
  neighbours: number[][];
  values: number[];
  giStarZ: Maybe[];
  giStarP: Maybe[];
  giStarQ: Maybe[];
  localMoranI: Maybe[];
  localMoranE: Maybe[];
  localMoranVar: Maybe[];
  localMoranZ: Maybe[];
  localMoranP: Maybe[];
  globalMoran?: Global;
};
type Cell = { cell: string; count: number; neighbours: number } & Record<string, number>;
type Town = {
  description: string;
  n: number;
  summary: Record<string, number>;
  global: { moran: Global; getisOrdG: { G: number; E: number; Var: number; Z: number; P: number } };
  cells: Cell[];
};

describe.each(readGolden<{ cases: Graph[] }>('gi-star-and-moran').cases)('R spdep: $name', (graph) => {
  const neighbours = neighboursFromLists(graph.neighbours);

  test('Gi* with its p and q', () => {
    const { z, p } = giStar(graph.values, neighbours);
    expectClose(z, graph.giStarZ);
    expectSameP(p, graph.giStarP);
    expectSameP(benjaminiHochberg(p), graph.giStarQ);
  });

  test('Local Moran with its moments, z and p', () => {
    const local = localMoran(graph.values, neighbours);
    expectClose(local.i, graph.localMoranI);
    expectClose(local.expected, graph.localMoranE);
    expectClose(local.variance, graph.localMoranVar);
    expectClose(local.z, graph.localMoranZ);
    expectSameP(local.p, graph.localMoranP);
  });

  test('Global Moran', () => {
    const { globalMoran: expected } = graph;
    if (!expected) return;
    const global = globalMoran(graph.values, neighbours);
    expectClose(
      [global?.i, global?.expected, global?.variance, global?.z],
      [expected.I, expected.E, expected.Var, expected.Z],
    );
    expectSameP(global?.p, expected.P);
  });
});

describe.each(['hartlepool-violence-2023', 'hartlepool-anti-social-behaviour-2024'])(
  'R spdep on real counts: %s',
  (name) => {
    const town = readGolden<Town>(name);
    const counts = town.cells.map(({ count }) => count);
    const neighbours = h3Neighbours(town.cells.map(({ cell }) => cell));
    const column = (key: string) => town.cells.map((cell) => cell[key] as number);

    test('the study area has the reference’s cells and neighbours', () => {
      expect(cellsOf(neighbours)).toBe(town.n);
      town.cells.forEach((cell, i) => {
        expect((neighbours.offsets[i + 1] as number) - (neighbours.offsets[i] as number)).toBe(cell.neighbours);
      });
    });

    test('Gi*, p and q of every cell, and the same significant cells', () => {
      const { z, p } = giStar(counts, neighbours);
      const q = benjaminiHochberg(p);
      expectClose(z, column('giStarZ'));
      expectSameP(p, column('giStarP'));
      expectSameP(q, column('giStarQ'));
      const hot = (chances: readonly Maybe[], sign: number) =>
        chances.filter((chance, i) => (chance as number) < 0.05 && (z[i] as number) * sign > 0).length;
      expect([hot(q, 1), hot(q, -1), hot(p, 1), hot(p, -1)]).toEqual(
        ['hotQBelow05', 'coldQBelow05', 'hotPBelow05', 'coldPBelow05'].map((key) => town.summary[key]),
      );
    });

    test('Local Moran of every cell', () => {
      const local = localMoran(counts, neighbours);
      expectClose(local.i, column('localMoranI'));
      expectClose(local.expected, column('localMoranE'));
      expectClose(local.variance, column('localMoranVar'));
      expectClose(local.z, column('localMoranZ'));
      expectSameP(local.p, column('localMoranP'));
      expect(local.p.filter((p) => (p as number) < 0.05).length).toBe(town.summary.localMoranPBelow05);
    });

    test('Global Moran and the general G', () => {
      const { moran, getisOrdG } = town.global;
      const global = globalMoran(counts, neighbours);
      expectClose([global?.i, global?.expected, global?.variance, global?.z], [moran.I, moran.E, moran.Var, moran.Z]);
      expectSameP(global?.p, moran.P);
      const general = globalGetisOrd(counts, neighbours);
      const { G, E, Var, Z, P } = getisOrdG;
      expectClose([general?.g, general?.expected, general?.variance, general?.z], [G, E, Var, Z]);
      expectSameP(general?.p, P);
    });

    test('a skewed map like this is no ground for a normal p, and is said to be none', () => {
      const { doubtful, skewness } = normalApproximation(counts, neighbours);
      expect(skewness as number).toBeGreaterThan(0);
      expect(doubtful).toBe((skewness as number) > 1);
    });
  },
);

const disk = hexagonDisk(3);
const mapOfCounts = fc.array(fc.nat(40), { minLength: 37, maxLength: 37 });

/** The same graph with its cells listed in another order: new position i holds old cell order[i]. */
function relabel({ offsets, indices }: Neighbours, order: readonly number[]): Neighbours {
  const place = new Map(order.map((cell, i) => [cell, i]));
  return neighboursFromLists(
    order.map((cell) =>
      [...indices.subarray(offsets[cell], offsets[cell + 1])].map((other) => place.get(other) as number),
    ),
  );
}

describe('invariance', () => {
  test('the order in which cells are listed does not matter', () => {
    fc.assert(
      fc.property(mapOfCounts, fc.shuffledSubarray([...Array(37).keys()], { minLength: 37 }), (counts, order) => {
        const shuffled = order.map((cell) => counts[cell] as number);
        const graph = relabel(disk, order);
        const inOrder = (list: readonly Maybe[]) => order.map((cell) => list[cell] as Maybe);
        expectClose(giStar(shuffled, graph).z, inOrder(giStar(counts, disk).z), 1e-9, 1e-9);
        expectClose(localMoran(shuffled, graph).z, inOrder(localMoran(counts, disk).z), 1e-6, 1e-7);
        expectClose(globalMoran(shuffled, graph)?.z, globalMoran(counts, disk)?.z, 1e-9, 1e-9);
      }),
    );
  });

  test('z does not change with the unit, and Gi* and Moran not with a constant added', () => {
    fc.assert(
      fc.property(mapOfCounts, fc.constantFrom(0.001, 0.5, 3, 1e6), (counts, unit) => {
        const scaled = counts.map((count) => count * unit);
        const moved = counts.map((count) => count + 100);
        for (const other of [scaled, moved]) {
          expectClose(giStar(other, disk).z, giStar(counts, disk).z, 1e-7, 1e-9);
          expectClose(localMoran(other, disk).i, localMoran(counts, disk).i, 1e-7, 1e-9);
        }
        expectClose(globalGetisOrd(scaled, disk)?.z, globalGetisOrd(counts, disk)?.z, 1e-6, 1e-8);
      }),
    );
  });

  test('no result is ever NaN or infinite', () => {
    const sparse = fc.array(fc.constantFrom(0, 0, 0, 0, 1, 0.1, 1e9), { minLength: 0, maxLength: 9 });
    fc.assert(
      fc.property(sparse, fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 14 }), (values, links) => {
        const lists = values.map(() => new Set<number>());
        for (const [a, b] of links)
          if (a !== b && a < values.length && b < values.length) {
            lists[a]?.add(b);
            lists[b]?.add(a);
          }
        const graph = neighboursFromLists(lists);
        const { z, p } = giStar(values, graph);
        const local = localMoran(values, graph);
        const global = [globalMoran(values, graph), globalGetisOrd(values, graph)].flatMap((g) =>
          Object.values(g ?? {}),
        );
        const all = [...z, ...p, ...local.i, ...local.expected, ...local.variance, ...local.z, ...local.p, ...global];
        expect(all.every((value) => value === null || Number.isFinite(value))).toBe(true);
        const approximation = normalApproximation(values, graph);
        expect(approximation.skewness === null || Number.isFinite(approximation.skewness)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test('quadrants name the cell first and its neighbours second, whether significant or not', () => {
  const row = neighboursFromLists([[1], [0, 2], [1, 3], [2, 4], [3]]);
  const { quadrant } = localMoran([9, 8, 0, 0, 7], row);
  expect(quadrant).toEqual(['high-high', 'high-low', 'low-low', 'low-low', 'high-low']);
  expect(localMoran([0, 9, 0, 0, 0], row).quadrant.slice(0, 2)).toEqual(['low-high', 'high-low']);
});

test('a single full cell makes its own Local Moran undefined, not infinite', () => {
  const counts = new Array<number>(37).fill(0);
  counts[18] = 5;
  const { variance, z, p } = localMoran(counts, disk);
  expect([variance[18], z[18], p[18]]).toEqual([0, null, null]);
  expect(z[0]).not.toBeNull();
});

test('weights such as harm are taken as they are', () => {
  const harm = townCounts(37, 5).map((count) => count * 0.37);
  expect(giStar(harm, disk).z.every((z) => z !== null)).toBe(true);
  expectClose(giStar(Float64Array.from(harm), disk).z, giStar(harm, disk).z);
});

test('inputs are read, never written', () => {
  const counts = Object.freeze(townCounts(37, 1));
  const typed = Float64Array.from(counts);
  const copy = { offsets: disk.offsets.slice(), indices: disk.indices.slice() };
  for (const values of [counts, typed]) {
    giStar(values, disk);
    localMoran(values, disk);
    globalMoran(values, disk);
    globalGetisOrd(values, disk);
  }
  expect([...typed]).toEqual([...counts]);
  expect(disk).toEqual(copy);
});

test('bad input is refused with the value in the message', () => {
  const counts = townCounts(37, 1);
  expect(() => giStar([...counts.slice(1), Number.NaN], disk)).toThrow(/values\[36\] is NaN/);
  expect(() => localMoran([...counts.slice(1), Infinity], disk)).toThrow(InputError);
  expect(() => giStar(counts.slice(1), disk)).toThrow(/37/);
  expect(() => neighboursFromLists([[0]])).toThrow(InputError);
  expect(() => neighboursFromLists([[4], []])).toThrow(/neighbour 4/);
  expect(() => giStar([1, 2], { offsets: new Uint32Array([0, 2, 1]), indices: new Uint32Array([1]) })).toThrow(
    InputError,
  );
  expect(() => globalMoran([1, 2, 3, 4], neighboursFromLists([[1], [0, 2], [3], [2]]))).toThrow(/mutual/);
  expect(() => globalGetisOrd([1, -2, 3], neighboursFromLists([[1], [0, 2], [1]]))).toThrow(/negative/);
});

test('few incidents make the normal p doubtful, many even ones do not', () => {
  const few = new Array<number>(37).fill(0).map((_, i) => (i % 5 === 0 ? 1 : 0));
  const many = new Array<number>(37).fill(0).map((_, i) => 40 + ((i * 13) % 21));
  expect(normalApproximation(few, disk).doubtful).toBe(true);
  expect(normalApproximation(many, disk).doubtful).toBe(false);
  expect(normalApproximation(new Array<number>(37).fill(3), disk)).toMatchObject({ skewness: null, doubtful: true });
});

test('the skewness of a neighbourhood total is that of all totals one could draw', () => {
  const ring = neighboursFromLists(Array.from({ length: 7 }, (_, i) => [(i + 1) % 7, (i + 6) % 7]));
  const counts = [0, 1, 0, 9, 2, 0, 4];
  const totals: number[] = [];
  for (let a = 0; a < 7; a++)
    for (let b = a + 1; b < 7; b++)
      for (let c = b + 1; c < 7; c++)
        totals.push([a, b, c].reduce((total, cell) => total + (counts[cell] as number), 0));
  const mean = totals.reduce((sum, total) => sum + total, 0) / 35;
  const moment = (power: number) => totals.reduce((sum, total) => sum + (total - mean) ** power, 0) / 35;
  const { meanTotal, skewness } = normalApproximation(counts, ring);
  expectClose([meanTotal, skewness], [mean, moment(3) / moment(2) ** 1.5]);
});
