import { performance } from 'node:perf_hooks';
import { benjaminiHochberg } from '../server/statistics/benjamini-hochberg.ts';
import { emergingHotSpots } from '../server/statistics/emerging-hot-spots.ts';
import { giStar } from '../server/statistics/gi-star.ts';
import { giStarRandomisation } from '../server/statistics/gi-star-randomisation.ts';
import { knox } from '../server/statistics/knox.ts';
import { localMoran } from '../server/statistics/local-moran.ts';
import { localMoranPermutation } from '../server/statistics/local-moran-permutation.ts';
import { type Neighbours, neighboursFromLists } from '../server/statistics/neighbours.ts';
import { poissonChange } from '../server/statistics/poisson-change.ts';
import { quarticDensity } from '../server/statistics/quartic-density.ts';
import { createRandom } from '../server/statistics/random.ts';
import { similarityIndex } from '../server/statistics/similarity-index.ts';

/** Prints how long the statistics take on made-up towns, with the aim where there is one; the median of several runs. */
export function benchStatistics(): void {
  const rows = [...giStarRows(), ...townRows(), ...incidentRows()];
  for (const { name, milliseconds, aim } of rows) {
    const verdict = aim === undefined ? '' : `  (aim: under ${aim} ms${milliseconds < aim ? '' : ', MISSED'})`;
    console.log(`${name.padEnd(64)} ${milliseconds.toFixed(1).padStart(9)} ms${verdict}`);
  }
}

type Row = { readonly name: string; readonly milliseconds: number; readonly aim?: number };

function giStarRows(): Row[] {
  return [1_000, 10_000, 100_000].map((cells) => {
    const { counts, neighbours } = town(cells);
    const milliseconds = medianOf(9, () => benjaminiHochberg(giStar(counts, neighbours).p));
    const name = `Gi* with Benjamini-Hochberg, ${cells.toLocaleString('en-GB')} cells`;
    return cells === 100_000 ? { name, milliseconds, aim: 100 } : { name, milliseconds };
  });
}

function townRows(): Row[] {
  const { counts, neighbours, x, y } = town(1_000);
  const later = town(1_000, 2).counts;
  const steps = Array.from({ length: 24 }, (_, step) => town(1_000, step + 1).counts);
  const options = { permutations: 999, seed: 1 };
  return [
    { name: 'Local Moran, 1,000 cells', milliseconds: medianOf(9, () => localMoran(counts, neighbours)) },
    {
      name: 'Local Moran, 999 permutations, 1,000 cells',
      milliseconds: medianOf(3, () => localMoranPermutation(counts, neighbours, options)),
      aim: 1_000,
    },
    {
      name: 'Gi* randomisation, 99,999 permutations, 1,000 cells',
      milliseconds: medianOf(3, () => giStarRandomisation(counts, neighbours, { permutations: 99_999, seed: 1 })),
    },
    {
      name: 'Emerging hot spots, 24 steps, 1,000 cells',
      milliseconds: medianOf(5, () => emergingHotSpots(steps, neighbours)),
    },
    {
      name: 'Change of two Poisson counts, 1,000 cells',
      milliseconds: medianOf(5, () => poissonChange(later, counts)),
    },
    {
      name: 'S-index, 200 samples, 1,000 cells',
      milliseconds: medianOf(3, () => similarityIndex(counts, later, { seed: 1 })),
    },
    {
      name: 'Density at 1,000 cells from their counts, bandwidth 650 m',
      milliseconds: medianOf(5, () => quarticDensity({ x, y, weights: counts }, { x, y }, 650)),
    },
  ];
}

function incidentRows(): Row[] {
  const { uniform, below } = createRandom(3);
  const scatter = (size: number, width: number) => Array.from({ length: size }, () => uniform() * width);
  const points = { x: scatter(5_000, 10_000), y: scatter(5_000, 10_000) };
  const day = Array.from({ length: 5_000 }, () => below(365));
  const many = { x: scatter(100_000, 10_000), y: scatter(100_000, 10_000) };
  const { x, y } = town(1_000);
  const bands = { spaceBreaksMetres: [0, 100, 200, 300, 400], timeBreaksDays: [0, 8, 15, 22, 29] };
  return [
    {
      name: 'Near-repeat table, 5,000 incidents, 999 permutations',
      milliseconds: medianOf(3, () =>
        knox({ ...points, day }, { ...bands, distance: 'euclidean', permutations: 999, seed: 1 }),
      ),
    },
    {
      name: 'Density at 1,000 cells from 100,000 incidents, bandwidth 650 m',
      milliseconds: medianOf(3, () => quarticDensity(many, { x, y }, 650)),
    },
  ];
}

function medianOf(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[runs >> 1] as number;
}

type Town = { counts: number[]; neighbours: Neighbours; x: number[]; y: number[] };

/** About as many hexagons as asked for, 324 m apart in rows, most of them empty. */
function town(cells: number, seed = 1): Town {
  const width = Math.round(Math.sqrt(cells));
  const height = Math.ceil(cells / width);
  const { uniform } = createRandom(seed);
  const places = Array.from({ length: width * height }, (_, i) => ({ column: i % width, row: Math.floor(i / width) }));
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= width || row >= height ? [] : [row * width + column];
  const lists = places.map(({ column, row }) => {
    const shift = row % 2;
    return [
      ...at(column - 1, row),
      ...at(column + 1, row),
      ...[row - 1, row + 1].flatMap((other) => [...at(column - 1 + shift, other), ...at(column + shift, other)]),
    ];
  });
  return {
    counts: places.map(() => (uniform() < 0.7 ? 0 : Math.floor(-8 * Math.log(1 - uniform())))),
    neighbours: neighboursFromLists(lists),
    x: places.map(({ column, row }) => 324 * (column + (row % 2) / 2)),
    y: places.map(({ row }) => 281 * row),
  };
}
