import { onBehalfOf } from '../askers.ts';
import { cellOfKey } from '../count/cell-index.ts';
import type { Filter } from '../model.ts';
import { inThread, task } from '../threads.ts';
import { type CellGeometry, cellGeometry } from '../tiles/cell-geometry.ts';
import { type CellTile, cellsOnTile, encodeCells } from '../tiles/encode-cells.ts';
import { encodeCompact } from '../tiles/encode-compact.ts';
import type { TileAddress } from '../tiles/mercator.ts';
import type { Holdings } from './load-holdings.ts';
import type { MeasuredCells } from './measure-cells.ts';
import { type CellSums, prepareCells, sumCells } from './prepare-cells.ts';
import { remember } from './remember.ts';
import type { Study } from './study-area.ts';

/** Outlines of more cells than this are made in a thread, and tiles of more cells drawn there: both take some microseconds a cell. */
const manyOutlines = 2_000;
const manyFeatures = 5_000;
const tiles = new URL('../tiles/', import.meta.url);
const outlineTask = task<typeof cellGeometry>(new URL('cell-geometry.ts', tiles), 'cellGeometry', 'quick');
const encodeTask = task<typeof encodeCells>(new URL('encode-cells.ts', tiles), 'encodeCells', 'quick');

/** One tile of cells with their counts, or null where nothing matches; with the H3 index of each in words, if `named`. */
export async function drawCellsTile(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  address: TileAddress,
  named: boolean,
): Promise<Uint8Array | null> {
  const sums = await sumCells(holdings, filter, resolution);
  const { index, now, before } = sums;
  const properties = [
    ...(named ? [namesOf(index.keys, resolution)] : []),
    { name: 'count', values: now },
    ...(before ? [{ name: 'previous', values: before }] : []),
  ];
  return encode(address, { ...(await drawn(holdings, sums)), properties });
}

/** The counts of the cells on a tile in the compact form, or null where nothing matches. */
export async function listCellsOfTile(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  address: TileAddress,
): Promise<Uint8Array | null> {
  const sums = await sumCells(holdings, filter, resolution);
  const found = new Set(cellsOnTile(address, await drawn(holdings, sums)).flatMap(({ cells }) => cells));
  return found.size === 0
    ? null
    : encodeSums(
        sums,
        [...found].sort((a, b) => a - b),
      );
}

/** The counts of all cells in the compact form. */
export async function listCells(sums: CellSums): Promise<Uint8Array> {
  const cells: number[] = [];
  for (let cell = 0; cell < sums.now.length; cell++) {
    if (sums.now[cell]! > 0 || (sums.before && sums.before[cell]! > 0)) cells.push(cell);
  }
  return encodeSums(sums, cells);
}

function encodeSums({ index, now, before }: CellSums, cells: readonly number[]): Uint8Array {
  const pick = (values: Float64Array | Uint32Array) => cells.map((cell) => values[cell]!);
  return encodeCompact(index.resolution, pick(index.keys), before ? [pick(now), pick(before)] : [pick(now)]);
}

/** One tile of the cells of a study area with their measures, zeros included; null where there are none. */
export async function drawMeasuresTile(
  { study, columns }: MeasuredCells,
  address: TileAddress,
  named: boolean,
): Promise<Uint8Array | null> {
  const geometry = await outlinesOfStudy(study);
  const properties = [...(named ? [{ name: 'cell', values: study.cells }] : []), ...columns];
  return encode(address, { geometry, ids: study.keys, drawnAbove: [], properties });
}

async function drawn(
  holdings: Holdings,
  { index, now, before }: CellSums,
): Promise<Pick<CellTile, 'geometry' | 'ids' | 'drawnAbove'>> {
  const geometry = await prepareOutlines(holdings, index.resolution);
  return { geometry, ids: index.keys, drawnAbove: before ? [now, before] : [now] };
}

function namesOf(keys: Float64Array, resolution: number) {
  return { name: 'cell', values: Array.from(keys, (key) => cellOfKey(key, resolution)) };
}

async function encode(address: TileAddress, tile: CellTile): Promise<Uint8Array | null> {
  const features = cellsOnTile(address, tile).reduce((sum, { cells }) => sum + cells.length, 0);
  if (features === 0) return null;
  return features < manyFeatures ? encodeCells(address, tile) : inThread(encodeTask, address, tile);
}

/** Outlines of the held cells of a resolution, made at their first use. */
export function prepareOutlines(holdings: Holdings, resolution: number): Promise<CellGeometry> {
  return remember(
    holdings,
    `outlines ${resolution}`,
    async () => {
      const { keys } = await prepareCells(holdings, resolution);
      return outlines(Array.from(keys, (key) => cellOfKey(key, resolution)));
    },
    geometryBytes,
  );
}

const studyOutlines = new WeakMap<Study, Promise<CellGeometry>>();

function outlinesOfStudy(study: Study): Promise<CellGeometry> {
  // several may wait for it: it does not end with the first who asked
  const known = studyOutlines.get(study) ?? onBehalfOf(new AbortController().signal, () => outlines([...study.cells]));
  studyOutlines.set(study, known);
  known.catch(() => studyOutlines.delete(study));
  return known;
}

async function outlines(cells: readonly string[]): Promise<CellGeometry> {
  return cells.length < manyOutlines ? cellGeometry(cells) : inThread(outlineTask, cells);
}

function geometryBytes({ ringStart, coordinates, tree }: CellGeometry): number {
  return ringStart.byteLength + coordinates.byteLength + tree.byteLength;
}
