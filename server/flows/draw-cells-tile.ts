import { cellOfKey } from '../count/cell-index.ts';
import { lowerBound } from '../count/lower-bound.ts';
import { valuesAt } from '../count/values-at.ts';
import type { Filter } from '../model.ts';
import { inThread, task } from '../threads.ts';
import type { CellGeometry } from '../tiles/cell-geometry.ts';
import { type CellProperty, encodeCells } from '../tiles/encode-cells.ts';
import { encodeCompact } from '../tiles/encode-compact.ts';
import type { TileAddress } from '../tiles/mercator.ts';
import { type FoundCells, findCells, outlineTile, type TileOutlines } from '../tiles/outline-tile.ts';
import type { Holdings } from './load-holdings.ts';
import type { MeasuredCells } from './measure-cells.ts';
import { outlineCells, outlineStudy } from './outline-cells.ts';
import { valueAt } from './packed-column.ts';
import {
  type CellCounts,
  type CellSums,
  type NearCells,
  nearCells,
  prepareCells,
  sumSomeCells,
} from './prepare-cells.ts';
import { remember } from './remember.ts';
import { cellAt } from './study-area.ts';

/** Tiles of more cells than this are drawn in a thread: it takes some microseconds a cell. */
const manyFeatures = 5_000;
const tiles = new URL('../tiles/', import.meta.url);
const outlineTask = task<typeof outlineTile>(new URL('outline-tile.ts', tiles), 'outlineTile', 'quick');
const encodeTask = task<typeof encodeCells>(new URL('encode-cells.ts', tiles), 'encodeCells', 'quick');

/** One tile of cells with their counts, or null where nothing matches; with the H3 index of each in words, if `named`. */
export async function drawCellsTile(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  address: TileAddress,
  named: boolean,
): Promise<Uint8Array | null> {
  const near = await cellsNear(holdings, resolution, address);
  const counts = await countNear(holdings, filter, resolution, near);
  if (!counts) return null;
  const { outlines, positions } = await drawnCells(holdings, resolution, address);
  const now = valuesAt(counts.now, positions);
  const before = counts.before && valuesAt(counts.before, positions);
  const properties = [
    ...(named ? [{ name: 'cell', values: await namesOf(holdings, resolution, outlines.cells) }] : []),
    { name: 'count', values: now },
    ...(before ? [{ name: 'previous', values: before }] : []),
  ];
  return encode(outlines, whereAny({ now, before }), properties);
}

/** The counts of the cells on a tile in the compact form, or null where nothing matches. */
export async function listCellsOfTile(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  address: TileAddress,
): Promise<Uint8Array | null> {
  const near = await cellsNear(holdings, resolution, address);
  const counts = await countNear(holdings, filter, resolution, near);
  if (!counts) return null;
  const { keys } = await prepareCells(holdings, resolution);
  const ids = Float64Array.from(near.cells, (cell) => keys[cell]!);
  return encodeCounts(resolution, ids, counts, positionsOfAny(counts));
}

/** Counts of the cells on a tile, or null where nothing matches. */
async function countNear(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  near: NearCells,
): Promise<CellCounts | null> {
  if (near.cells.length === 0) return null;
  const counts = await sumSomeCells(holdings, filter, resolution, near);
  return whereAny(counts).includes(1) ? counts : null;
}

/** The held cells on a tile, which a map asks for again under every filter. */
async function cellsNear(holdings: Holdings, resolution: number, address: TileAddress): Promise<NearCells> {
  // asked for with every tile, so that what is dearest to make is not forgotten first
  const geometry = await outlineCells(holdings, resolution);
  return remember(
    holdings,
    keyOfTile('near', resolution, address),
    async () => {
      const found = findCells(address, geometry);
      return nearCells(await prepareCells(holdings, resolution), distinctCells(found));
    },
    ({ cells, places }) => cells.byteLength + (places?.byteLength ?? 0),
  );
}

/** How those cells are drawn on it; with the position of each among those near. */
type DrawnCells = { readonly outlines: TileOutlines; readonly positions: Uint32Array };

function drawnCells(holdings: Holdings, resolution: number, address: TileAddress): Promise<DrawnCells> {
  const make = async () => {
    const geometry = await outlineCells(holdings, resolution);
    const { keys } = await prepareCells(holdings, resolution);
    const { cells } = await cellsNear(holdings, resolution, address);
    const outlines = await outline(findCells(address, geometry), geometry, keys);
    return { outlines, positions: outlines.cells.map((cell) => lowerBound(cells, 0, cells.length, cell)) };
  };
  return remember(
    holdings,
    keyOfTile('drawn', resolution, address),
    make,
    ({ outlines: { cells, start, bytes } }) => 2 * cells.byteLength + start.byteLength + bytes.byteLength,
  );
}

/** The counts of all cells in the compact form. */
export function listCells(sums: CellSums): Uint8Array {
  const { resolution, keys } = sums.index;
  return encodeCounts(resolution, keys, sums, positionsOfAny(sums));
}

/** One tile of the cells of a study area with their measures, zeros included; null where there are none. */
export async function drawMeasuresTile(
  { study, columns }: MeasuredCells,
  address: TileAddress,
  named: boolean,
): Promise<Uint8Array | null> {
  const geometry = await outlineStudy(study);
  const outlines = await outline(findCells(address, geometry), geometry, study.keys);
  const valuesOf = (value: (cell: number) => number | string | null) => Array.from(outlines.cells, value);
  const properties = [
    ...(named ? [{ name: 'cell', values: valuesOf((cell) => cellAt(study, cell)) }] : []),
    ...columns.map((column) => ({ name: column.name, values: valuesOf((cell) => valueAt(column, cell)) })),
  ];
  return encode(outlines, new Uint8Array(outlines.cells.length).fill(1), properties);
}

/** For each cell 1 if anything is counted in it, now or before. */
function whereAny({ now, before }: CellCounts): Uint8Array {
  const isAny = new Uint8Array(now.length);
  for (let at = 0; at < isAny.length; at++) isAny[at] = now[at]! > 0 || (before && before[at]! > 0) ? 1 : 0;
  return isAny;
}

function positionsOfAny(counts: CellCounts): Uint32Array {
  const isAny = whereAny(counts);
  const positions = new Uint32Array(isAny.length);
  let found = 0;
  for (let at = 0; at < isAny.length; at++) if (isAny[at] === 1) positions[found++] = at;
  return positions.subarray(0, found);
}

function encodeCounts(resolution: number, ids: Float64Array, { now, before }: CellCounts, cells: Uint32Array) {
  return encodeCompact(resolution, ids, before ? [now, before] : [now], cells);
}

/** The H3 indexes of held cells. */
async function namesOf(holdings: Holdings, resolution: number, cells: Uint32Array): Promise<string[]> {
  const { keys } = await prepareCells(holdings, resolution);
  return Array.from(cells, (cell) => cellOfKey(keys[cell]!, resolution));
}

/** Cells seen from both sides of the world are the same cells; rising. */
function distinctCells(found: FoundCells): Uint32Array {
  if (found.length === 1) return found[0]!.cells;
  return Uint32Array.from(new Set(found.flatMap(({ cells }) => [...cells]))).sort();
}

const keyOfTile = (what: string, resolution: number, { z, x, y }: TileAddress) =>
  `${what} ${resolution} ${z}/${x}/${y}`;

async function outline(found: FoundCells, geometry: CellGeometry, ids: Float64Array): Promise<TileOutlines> {
  const features = found.reduce((sum, { cells }) => sum + cells.length, 0);
  return features < manyFeatures ? outlineTile(found, geometry, ids) : inThread(outlineTask, found, geometry, ids);
}

async function encode(
  outlines: TileOutlines,
  isDrawn: Uint8Array,
  properties: readonly CellProperty[],
): Promise<Uint8Array | null> {
  return outlines.cells.length < manyFeatures
    ? encodeCells(outlines, isDrawn, properties)
    : inThread(encodeTask, outlines, isDrawn, properties);
}
