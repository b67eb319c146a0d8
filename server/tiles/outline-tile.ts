import { sharedCopy } from '../shared-array.ts';
import { type CellGeometry, searchCells } from './cell-geometry.ts';
import { clipRing } from './clip-ring.ts';
import type { TileAddress } from './mercator.ts';
import { MvtWriter } from './mvt-writer.ts';

/** Units across a tile, four to a pixel: with twice as many, tiles are a tenth larger and look no better. */
export const extent = 2048;
/** Cells are drawn this far beyond the tile's edge (as its neighbour draws them too), so that outlines meet. */
const buffer = 32;
/** MapLibre keeps tile coordinates in 15 bits at four times this scale: a ring that goes further is cut. */
const limit = { min: -4095, max: 4095 };
const polygonType = 3;

/** Cells near a tile, rising, as seen from its address and from the other sides of the world. */
export type FoundCells = readonly { readonly turned: TileAddress; readonly cells: Uint32Array }[];

/**
 * What does not change on a tile when a filter does: the start of each cell's feature, as it stands in the tile. Data
 * only, in shared memory, so that threads can make it and draw from it.
 */
export type TileOutlines = {
  /** Cells by their positions in the geometry, in the order in which they are drawn. */
  readonly cells: Uint32Array;
  /** Id, type and geometry of `cells[n]`: the bytes from `start[n]` up to, not including, `start[n + 1]`. */
  readonly start: Uint32Array;
  readonly bytes: Uint8Array;
};

/**
 * Cells to draw on a tile. An outline over the antimeridian goes beyond one side of the world: it is looked for from the
 * other side too.
 */
export function findCells(address: TileAddress, geometry: CellGeometry): FoundCells {
  const held = geometry.ringStart.length - 1;
  return [0, 1, -1].flatMap((turn) => {
    const turned = { ...address, x: address.x + turn * 2 ** address.z };
    const cells = cellsNear(turned, geometry).filter((cell) => cell < held);
    // ids repeat their leading bits: in their order tiles compress better
    return cells.length === 0 ? [] : [{ turned, cells: Uint32Array.from(cells).sort() }];
  });
}

/** The outlines of the cells found; `ids` are the feature ids of all cells, the low 52 bits of each H3 index. */
export function outlineTile(found: FoundCells, geometry: CellGeometry, ids: ArrayLike<number>): TileOutlines {
  const cells: number[] = [];
  const start = [0];
  const features = new MvtWriter();
  const packed = new MvtWriter();
  for (const { turned, cells: near } of found) {
    for (const cell of near) {
      const ring = tileRing(geometry, cell, turned);
      if (ring.length < 6) continue;
      features.varintField(1, ids[cell]!);
      features.varintField(3, polygonType);
      features.bytesField(4, polygon(packed, ring));
      cells.push(cell);
      start.push(features.length);
    }
  }
  return {
    cells: sharedCopy(Uint32Array, cells),
    start: sharedCopy(Uint32Array, start),
    bytes: sharedCopy(Uint8Array, features.view()),
  };
}

function cellsNear({ z, x, y }: TileAddress, geometry: CellGeometry): number[] {
  const scale = 2 ** z;
  const margin = buffer / extent;
  return searchCells(
    geometry,
    (x - margin) / scale,
    (y - margin) / scale,
    (x + 1 + margin) / scale,
    (y + 1 + margin) / scale,
  );
}

/** A cell's outline in whole tile units: rounded before the tile's corner is taken off, so that neighbours agree. */
function tileRing(geometry: CellGeometry, cell: number, { z, x, y }: TileAddress): number[] {
  const world = 2 ** z * extent;
  const ring: number[] = [];
  let outside = false;
  for (let at = geometry.ringStart[cell]!; at < geometry.ringStart[cell + 1]!; at += 2) {
    const px = Math.round(geometry.coordinates[at]! * world) - x * extent;
    const py = Math.round(geometry.coordinates[at + 1]! * world) - y * extent;
    outside ||= px < limit.min || px > limit.max || py < limit.min || py > limit.max;
    ring.push(px, py);
  }
  return drawable(outside ? clipRing(ring, limit) : ring);
}

/** The specification wants no point twice in a row, and some area: a cell smaller than a unit becomes a square of one. */
function drawable(ring: number[]): number[] {
  const distinct: number[] = [];
  for (let at = 0; at < ring.length; at += 2) {
    const before = (at + ring.length - 2) % ring.length;
    if (ring[at] === ring[before] && ring[at + 1] === ring[before + 1]) continue;
    distinct.push(ring[at]!, ring[at + 1]!);
  }
  if (ring.length === 0 || twiceArea(distinct) !== 0) return distinct;
  const [x, y] = [ring[0]!, ring[1]!];
  return [x, y, x + 1, y, x + 1, y + 1, x, y + 1];
}

/** MoveTo, LineTo, ClosePath. H3 rings run anticlockwise on the globe, so clockwise on a screen: an outer ring. */
function polygon(packed: MvtWriter, ring: readonly number[]): Uint8Array {
  packed.clear();
  packed.varint((1 << 3) | 1);
  packed.signed(ring[0]!);
  packed.signed(ring[1]!);
  packed.varint(((ring.length / 2 - 1) << 3) | 2);
  // the specification wants outer rings of positive area
  const step = twiceArea(ring) > 0 ? 2 : ring.length - 2;
  for (let from = 0, count = ring.length / 2 - 1; count > 0; count--) {
    const to = (from + step) % ring.length;
    packed.signed(ring[to]! - ring[from]!);
    packed.signed(ring[to + 1]! - ring[from + 1]!);
    from = to;
  }
  packed.varint((1 << 3) | 7);
  return packed.view();
}

/** Twice the area, by the surveyor's formula: positive if the ring runs clockwise on a screen, where y points down. */
function twiceArea(ring: readonly number[]): number {
  let area = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    area += ring[at]! * ring[next + 1]! - ring[next]! * ring[at + 1]!;
  }
  return area;
}
