import { type CellGeometry, searchCells } from './cell-geometry.ts';
import { clipRing } from './clip-ring.ts';
import type { TileAddress } from './mercator.ts';
import { MvtWriter } from './mvt-writer.ts';

/** Units across a tile, four to a pixel: with twice as many, tiles are a tenth larger and look no better. */
const extent = 2048;
/** Cells are drawn this far beyond the tile's edge (as its neighbour draws them too), so that outlines meet. */
const buffer = 32;
/** MapLibre keeps tile coordinates in 15 bits at four times this scale: a ring that goes further is cut. */
const limit = { min: -4095, max: 4095 };

/** One property of every cell, in the order of the geometry's cells; a null leaves the property out. */
export type CellProperty = { readonly name: string; readonly values: ArrayLike<number | string | null> };

/** What a tile is drawn from: data only, so that a thread can draw it. */
export type CellTile = {
  readonly geometry: CellGeometry;
  /** Feature ids: the low 52 bits of each cell. */
  readonly ids: ArrayLike<number>;
  readonly properties: readonly CellProperty[];
};

/** Cells to draw on a tile, as seen from its address and from the other sides of the world. */
export type FoundCells = readonly { readonly turned: TileAddress; readonly cells: readonly number[] }[];

/** A vector tile with the layer `cells`, or null if there is nothing to draw. */
export function encodeCells(found: FoundCells, tile: CellTile): Uint8Array | null {
  const layer = new LayerWriter(tile.properties);
  for (const { turned, cells } of found) {
    // ids repeat their leading bits: in their order tiles compress better
    for (const cell of Uint32Array.from(cells).sort())
      layer.feature(tile.ids[cell]!, cell, tileRing(tile.geometry, cell, turned));
  }
  return layer.isEmpty ? null : layer.finish('cells');
}

/**
 * Cells to draw on a tile, in no order. An outline over the antimeridian goes beyond one side of the world: it is looked
 * for from the other side too.
 */
export function findCells(address: TileAddress, geometry: CellGeometry): FoundCells {
  const held = geometry.ringStart.length - 1;
  return [0, 1, -1].map((turn) => {
    const turned = { ...address, x: address.x + turn * 2 ** address.z };
    return { turned, cells: cellsNear(turned, geometry).filter((cell) => cell < held) };
  });
}

/** Those of the cells found that are to be drawn. */
export function keepCells(found: FoundCells, isDrawn: (cell: number) => boolean): FoundCells {
  return found.map(({ turned, cells }) => ({ turned, cells: cells.filter(isDrawn) }));
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

/** Collects the features of one layer and the dictionary of their values. */
class LayerWriter {
  private readonly features = new MvtWriter();
  private readonly message = new MvtWriter();
  private readonly packed = new MvtWriter();
  private readonly values: (number | string)[] = [];
  private readonly valueNumbers = new Map<number | string, number>();
  private readonly properties: readonly CellProperty[];

  constructor(properties: readonly CellProperty[]) {
    this.properties = properties;
  }

  get isEmpty(): boolean {
    return this.features.view().length === 0;
  }

  feature(id: number, cell: number, ring: readonly number[]): void {
    if (ring.length < 6) return;
    this.message.clear();
    this.message.varintField(1, id);
    this.message.bytesField(2, this.tags(cell));
    this.message.varintField(3, 3); // polygon
    this.message.bytesField(4, this.polygon(ring));
    this.features.bytesField(2, this.message.view());
  }

  finish(name: string): Uint8Array {
    const layer = new MvtWriter();
    layer.varintField(15, 2); // version
    layer.textField(1, name);
    const head = layer.view().slice();
    layer.clear();
    for (const { name } of this.properties) layer.textField(3, name);
    for (const value of this.values) layer.bytesField(4, encodeValue(value));
    layer.varintField(5, extent);
    const tile = new MvtWriter();
    tile.bytesField(3, Buffer.concat([head, this.features.view(), layer.view()]));
    return tile.view().slice();
  }

  private tags(cell: number): Uint8Array {
    this.packed.clear();
    this.properties.forEach(({ values }, key) => {
      const value = values[cell];
      if (value === null || value === undefined) return;
      this.packed.varint(key);
      this.packed.varint(this.numberOf(value));
    });
    return this.packed.view();
  }

  private numberOf(value: number | string): number {
    let number = this.valueNumbers.get(value);
    if (number === undefined) {
      number = this.values.length;
      this.valueNumbers.set(value, number);
      this.values.push(value);
    }
    return number;
  }

  /** MoveTo, LineTo, ClosePath. H3 rings run anticlockwise on the globe, so clockwise on a screen: an outer ring. */
  private polygon(ring: readonly number[]): Uint8Array {
    const { packed } = this;
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

function encodeValue(value: number | string): Uint8Array {
  const writer = new MvtWriter();
  if (typeof value === 'string') writer.textField(1, value);
  else if (Number.isInteger(value) && value >= 0) writer.varintField(5, value);
  else writer.doubleField(3, value);
  return writer.view().slice();
}
