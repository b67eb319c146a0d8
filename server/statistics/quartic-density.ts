import { finiteValues, type Numbers, nonNegativeValues, requirePositive, requireSameLength } from './check-input.ts';

/** Planar places in metres (British National Grid eastings and northings, say); weight 1 each when none are given. */
export type PlanarPoints = { readonly x: Numbers; readonly y: Numbers; readonly weights?: Numbers };

const squareMetresPerSquareKilometre = 1e6;

/**
 * Incidents per square kilometre around each location: every incident is spread over a disk of the bandwidth, most at
 * its middle, nothing at its rim.
 *
 * Quartic (biweight) kernel, sum of weight * 3/(pi h^2) * (1 - d^2/h^2)^2 over incidents nearer than h (Silverman 1986,
 * eq. 4.5): the surface integrates to the total weight. (QGIS's "scaled" quartic has another constant, 7.25 times too
 * high.) Points may be incidents or cell centres with their counts. 0 where no incident is within the bandwidth, never
 * null. No correction at the study area's edge. Throws InputError on NaN, negative weights and a bandwidth not above 0.
 */
export function quarticDensity(
  points: PlanarPoints,
  locations: PlanarPoints,
  bandwidthMetres: number,
): Float64Array<ArrayBuffer> {
  requirePositive('bandwidthMetres', bandwidthMetres);
  const [px, py, weights] = readPoints('points', points);
  const [x, y] = readPoints('locations', locations);
  const grid = gridOf(px, py, bandwidthMetres);
  const reach = bandwidthMetres ** 2;
  const scale = (3 * squareMetresPerSquareKilometre) / (Math.PI * reach);
  return x.map((east, at) => scale * kernelSum(grid, { px, py, weights }, east, y[at] as number, reach));
}

function readPoints(name: string, points: PlanarPoints) {
  const x = finiteValues(`${name}.x`, points.x);
  const y = finiteValues(`${name}.y`, points.y);
  requireSameLength(`${name}.x`, x.length, `${name}.y`, y.length);
  const weights = points.weights ? nonNegativeValues(`${name}.weights`, points.weights) : x.map(() => 1);
  requireSameLength(`${name}.weights`, weights.length, `${name}.x`, x.length);
  return [x, y, weights] as const;
}

type Grid = {
  readonly west: number;
  readonly south: number;
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
  /** Points of square s: order[starts[s]] up to order[starts[s + 1]]. */
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
};

/** Sorts points into squares at least as wide as the bandwidth, so that 3 by 3 squares hold all that is near. */
function gridOf(x: Float64Array, y: Float64Array, bandwidth: number): Grid {
  const [west, south, east, north] = extent(x, y);
  // a stray point far away must not make millions of squares
  const side = Math.max(bandwidth, (east - west) / 1000, (north - south) / 1000);
  const columns = Math.floor((east - west) / side) + 1;
  const rows = Math.floor((north - south) / side) + 1;
  const square = (i: number) =>
    Math.floor(((y[i] as number) - south) / side) * columns + Math.floor(((x[i] as number) - west) / side);
  const starts = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < x.length; i++) starts[square(i) + 1] = (starts[square(i) + 1] as number) + 1;
  for (let s = 0; s < columns * rows; s++) starts[s + 1] = (starts[s + 1] as number) + (starts[s] as number);
  const next = starts.slice();
  const order = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const s = square(i);
    order[next[s] as number] = i;
    next[s] = (next[s] as number) + 1;
  }
  return { west, south, side, columns, rows, starts, order };
}

function extent(x: Float64Array, y: Float64Array): [number, number, number, number] {
  if (x.length === 0) return [0, 0, 0, 0];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    west = Math.min(west, x[i] as number);
    east = Math.max(east, x[i] as number);
    south = Math.min(south, y[i] as number);
    north = Math.max(north, y[i] as number);
  }
  return [west, south, east, north];
}

type Columns = { readonly px: Float64Array; readonly py: Float64Array; readonly weights: Float64Array };

/** Sum of weight * (1 - d^2/h^2)^2 over the points in the 3 by 3 squares around a location. */
function kernelSum(grid: Grid, { px, py, weights }: Columns, x: number, y: number, reach: number): number {
  const { order, starts, columns } = grid;
  const column = Math.floor((x - grid.west) / grid.side);
  const row = Math.floor((y - grid.south) / grid.side);
  const [first, last] = [Math.max(0, column - 1), Math.min(columns - 1, column + 1)];
  let sum = 0;
  if (first > last) return sum;
  for (let r = Math.max(0, row - 1); r <= Math.min(grid.rows - 1, row + 1); r++) {
    const end = starts[r * columns + last + 1] as number;
    for (let at = starts[r * columns + first] as number; at < end; at++) {
      const point = order[at] as number;
      const [east, north] = [(px[point] as number) - x, (py[point] as number) - y];
      const rest = 1 - (east * east + north * north) / reach;
      if (rest > 0) sum += (weights[point] as number) * rest * rest;
    }
  }
  return sum;
}
