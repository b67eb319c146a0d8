import Flatbush from 'flatbush';
import { cellToBoundary } from 'h3-js';
import { shared, sharedCopy } from '../shared-array.ts';
import { mercatorX, mercatorY } from './mercator.ts';

/** Outlines of the cells of one resolution on the Mercator unit square, with a spatial index; in shared memory. */
export type CellGeometry = {
  /** Outline of cell c: `coordinates[ringStart[c]]` to `coordinates[ringStart[c + 1]]`, x and y in turn, not closed. */
  readonly ringStart: Uint32Array;
  readonly coordinates: Float64Array;
  /** The index of the cells' boxes, as Flatbush keeps it. */
  readonly tree: SharedArrayBuffer;
};

const trees = new WeakMap<SharedArrayBuffer, Flatbush>();

/** Outlines of cells given as H3 indexes; seven or fewer corners each, ten where the grid folds. */
export function cellGeometry(cells: readonly string[]): CellGeometry {
  const ringStart = shared(Uint32Array, cells.length + 1);
  const coordinates: number[] = [];
  const tree = new Flatbush(Math.max(1, cells.length), 16, Float64Array, SharedArrayBuffer);
  cells.forEach((cell, index) => {
    const box = [
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (const [lat, lng] of unbroken(cellToBoundary(cell))) {
      const x = mercatorX(lng);
      const y = mercatorY(lat);
      coordinates.push(x, y);
      box[0] = Math.min(box[0]!, x);
      box[1] = Math.min(box[1]!, y);
      box[2] = Math.max(box[2]!, x);
      box[3] = Math.max(box[3]!, y);
    }
    ringStart[index + 1] = coordinates.length;
    tree.add(box[0]!, box[1]!, box[2]!, box[3]!);
  });
  // the index cannot be empty: a point far outside the square stands for nothing
  if (cells.length === 0) tree.add(-9, -9, -9, -9);
  tree.finish();
  return { ringStart, coordinates: sharedCopy(Float64Array, coordinates), tree: tree.data as SharedArrayBuffer };
}

/** Cells whose box meets a box, in no order. */
export function searchCells(
  { tree }: CellGeometry,
  west: number,
  north: number,
  east: number,
  south: number,
): number[] {
  const index = trees.get(tree) ?? Flatbush.from(tree);
  trees.set(tree, index);
  return index.search(west, north, east, south);
}

/** An outline that crosses the antimeridian goes on beyond 180 degrees, instead of back around the world. */
function unbroken(outline: readonly [number, number][]): [number, number][] {
  const start = outline[0]![1];
  return outline.map(([lat, lng]) => [lat, lng - 360 * Math.round((lng - start) / 360)]);
}
