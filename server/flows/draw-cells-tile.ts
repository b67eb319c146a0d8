import { cellOfKey } from '../count/cell-index.ts';
import type { Filter } from '../model.ts';
import { inThread, task } from '../threads.ts';
import { type CellTile, encodeCells, type FoundCells, findCells, keepCells } from '../tiles/encode-cells.ts';
import { encodeCompact } from '../tiles/encode-compact.ts';
import type { TileAddress } from '../tiles/mercator.ts';
import type { Holdings } from './load-holdings.ts';
import type { MeasuredCells } from './measure-cells.ts';
import { outlineCells, outlineStudy } from './outline-cells.ts';
import { type CellCounts, type CellSums, sumSomeCells } from './prepare-cells.ts';

/** Tiles of more cells than this are drawn in a thread: it takes some microseconds a cell. */
const manyFeatures = 5_000;
const encodeTask = task<typeof encodeCells>(
  new URL('../tiles/encode-cells.ts', import.meta.url),
  'encodeCells',
  'quick',
);

/** One tile of cells with their counts, or null where nothing matches; with the H3 index of each in words, if `named`. */
export async function drawCellsTile(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  address: TileAddress,
  named: boolean,
): Promise<Uint8Array | null> {
  const geometry = await outlineCells(holdings, resolution);
  const { found, counts } = await countTile(holdings, filter, resolution, findCells(address, geometry));
  const { index, now, before } = counts;
  const properties = [
    ...(named ? [namesOf(found, index.keys, resolution)] : []),
    { name: 'count', values: now },
    ...(before ? [{ name: 'previous', values: before }] : []),
  ];
  return encode(found, { geometry, ids: index.keys, properties });
}

/** The counts of the cells on a tile in the compact form, or null where nothing matches. */
export async function listCellsOfTile(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  address: TileAddress,
): Promise<Uint8Array | null> {
  const geometry = await outlineCells(holdings, resolution);
  const { found, counts } = await countTile(holdings, filter, resolution, findCells(address, geometry));
  const cells = distinctCells(found).sort((a, b) => a - b);
  return cells.length === 0 ? null : encodeCounts(counts, cells);
}

/** Counts of the cells on a tile, and those of them in which anything matches. */
async function countTile(holdings: Holdings, filter: Filter, resolution: number, near: FoundCells) {
  const counts = await sumSomeCells(holdings, filter, resolution, () => distinctCells(near));
  return { counts, found: keepCells(near, (cell) => isDrawn(counts, cell)) };
}

/** Cells seen from both sides of the world are the same cells. */
function distinctCells(found: FoundCells): number[] {
  return [...new Set(found.flatMap(({ cells }) => cells))];
}

/** The counts of all cells in the compact form. */
export function listCells(sums: CellSums): Uint8Array {
  const drawn = new Uint32Array(sums.now.length);
  let count = 0;
  for (let cell = 0; cell < drawn.length; cell++) if (isDrawn(sums, cell)) drawn[count++] = cell;
  return encodeCounts(sums, drawn.subarray(0, count));
}

/** One tile of the cells of a study area with their measures, zeros included; null where there are none. */
export async function drawMeasuresTile(
  { study, columns }: MeasuredCells,
  address: TileAddress,
  named: boolean,
): Promise<Uint8Array | null> {
  const geometry = await outlineStudy(study);
  const properties = [...(named ? [{ name: 'cell', values: study.cells }] : []), ...columns];
  return encode(findCells(address, geometry), { geometry, ids: study.keys, properties });
}

function isDrawn({ now, before }: CellCounts, cell: number): boolean {
  return now[cell]! > 0 || (before !== null && before[cell]! > 0);
}

function encodeCounts({ index, now, before }: CellCounts, cells: ArrayLike<number>): Uint8Array {
  return encodeCompact(index.resolution, index.keys, before ? [now, before] : [now], cells);
}

/** The H3 indexes of the cells found, at their places among all. */
function namesOf(found: FoundCells, keys: Float64Array, resolution: number) {
  const values: string[] = [];
  for (const cell of found.flatMap(({ cells }) => cells)) values[cell] = cellOfKey(keys[cell]!, resolution);
  return { name: 'cell', values };
}

async function encode(found: FoundCells, tile: CellTile): Promise<Uint8Array | null> {
  const features = found.reduce((sum, { cells }) => sum + cells.length, 0);
  return features < manyFeatures ? encodeCells(found, tile) : inThread(encodeTask, found, tile);
}
