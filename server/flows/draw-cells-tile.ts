import { cellIndex, cellOfKey } from '../count/cell-index.ts';
import type { Filter } from '../model.ts';
import { type CellGeometry, cellGeometry } from '../tiles/cell-geometry.ts';
import { encodeCells } from '../tiles/encode-cells.ts';
import type { TileAddress } from '../tiles/mercator.ts';
import type { Holdings } from './load-holdings.ts';
import type { MeasuredCells } from './measure-cells.ts';
import { sumCells } from './prepare-cells.ts';
import type { Study } from './study-area.ts';

const geometries = new WeakMap<Holdings, Map<number, { geometry: CellGeometry; cells: string[] }>>();

/** One tile of cells with their counts, or null where nothing matches. */
export async function drawCellsTile(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  address: TileAddress,
): Promise<Uint8Array | null> {
  const { index, now: count, before } = await sumCells(holdings, filter, resolution);
  const { geometry, cells } = geometryOf(holdings, resolution);
  return encodeCells(address, {
    geometry,
    ids: index.keys,
    isDrawn: (cell) => count[cell]! > 0 || (before !== null && before[cell]! > 0),
    properties: [
      { name: 'cell', values: cells },
      { name: 'count', values: count },
      ...(before ? [{ name: 'previous', values: before }] : []),
    ],
  });
}

const studyGeometries = new WeakMap<Study, CellGeometry>();

/** One tile of the cells of a study area with their measures, zeros included; null where there are none. */
export async function drawMeasuresTile(measured: MeasuredCells, address: TileAddress): Promise<Uint8Array | null> {
  const { study, columns } = measured;
  const geometry = studyGeometries.get(study) ?? cellGeometry(study.cells);
  studyGeometries.set(study, geometry);
  return encodeCells(address, {
    geometry,
    ids: study.keys,
    isDrawn: () => true,
    properties: [{ name: 'cell', values: study.cells }, ...columns],
  });
}

/** Outlines of the held cells of a resolution, made at their first use. */
function geometryOf(holdings: Holdings, resolution: number) {
  const known = geometries.get(holdings) ?? new Map<number, { geometry: CellGeometry; cells: string[] }>();
  geometries.set(holdings, known);
  let found = known.get(resolution);
  if (!found) {
    const cells = Array.from(cellIndex(holdings.columns, resolution).keys, (key) => cellOfKey(key, resolution));
    found = { geometry: cellGeometry(cells), cells };
    known.set(resolution, found);
  }
  return found;
}
