import { finiteValues, type MaybeNumbers, type Numbers } from './check-input.ts';
import { moments } from './moments.ts';
import { type Neighbours, requireNeighbours } from './neighbours.ts';
import { twoSidedP } from './normal-distribution.ts';

export type GiStar = { readonly z: MaybeNumbers; readonly p: MaybeNumbers };

/**
 * How far the total of each cell and its neighbours lies from what the mean of the study area would give, in standard
 * deviations (z), and the two-sided normal p of it.
 *
 * Getis-Ord Gi*, binary weights, the cell itself included (Ord & Getis 1995; R spdep `localG` on `include.self`).
 * The mean and the population variance are those of all cells given, so the zeros of the study area must be among them.
 * Values are counts or weights (harm, say); z does not change when all are multiplied by the same positive number.
 * z and p are null where undefined: all values are equal, or the neighbourhood is the whole study area.
 * A cell without neighbours is judged by itself alone. Throws InputError on NaN, infinity and malformed neighbours.
 */
export function giStar(values: Numbers, neighbours: Neighbours): GiStar {
  const x = finiteValues('values', values);
  requireNeighbours(neighbours, x.length);
  const { mean, variance } = moments(x);
  const z: (number | null)[] = new Array(x.length).fill(null);
  const p: (number | null)[] = new Array(x.length).fill(null);
  if (variance === 0) return { z, p };
  const scaleBySize = standardDeviations(x.length, variance);
  for (let cell = 0; cell < x.length; cell++) {
    const { total, size } = neighbourhood(x, neighbours, cell);
    const deviation = scaleBySize(size);
    if (deviation === 0) continue;
    const score = (total - size * mean) / deviation;
    z[cell] = score;
    p[cell] = twoSidedP(score);
  }
  return { z, p };
}

/** Total and number of cells of a neighbourhood, the cell itself included. */
function neighbourhood(x: Float64Array, { offsets, indices }: Neighbours, cell: number) {
  let total = x[cell] as number;
  const [start, end] = [offsets[cell] as number, offsets[cell + 1] as number];
  for (let at = start; at < end; at++) total += x[indices[at] as number] as number;
  return { total, size: end - start + 1 };
}

/** The standard deviation of the total of `size` cells drawn from all; few sizes occur, so each is worked out once. */
function standardDeviations(cells: number, variance: number): (size: number) => number {
  const known = new Map<number, number>();
  return (size) => {
    let deviation = known.get(size);
    if (deviation === undefined) {
      deviation = Math.sqrt((variance * size * (cells - size)) / (cells - 1));
      known.set(size, deviation);
    }
    return deviation;
  };
}
