import { cellOfKey } from '../count/cell-index.ts';
import type { Cells, Filter } from '../model.ts';
import type { Holdings } from './load-holdings.ts';
import { sumCells } from './prepare-cells.ts';

/** Incidents by H3 cell; only cells with any, now or in the earlier period. */
export async function countCells(holdings: Holdings, filter: Filter, resolution: number): Promise<Cells> {
  const { index, now, before, total, located } = await sumCells(holdings, filter, resolution);
  const cells: Cells['cells'] = [];
  index.keys.forEach((key, cell) => {
    if (now[cell] === 0 && !before?.[cell]) return;
    cells.push({ cell: cellOfKey(key, resolution), count: now[cell]!, ...(before && { previous: before[cell]! }) });
  });
  return { resolution, version: holdings.columns.version, total, located, cells };
}
