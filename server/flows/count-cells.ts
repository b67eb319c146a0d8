import { cellIndex, cellOfKey } from '../count/cell-index.ts';
import { sumByCell } from '../count/sums.ts';
import type { Cells, Filter } from '../model.ts';
import { countFilter } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';

/** Incidents by H3 cell; only cells with any, now or in the earlier period. */
export async function countCells(holdings: Holdings, filter: Filter, resolution: number): Promise<Cells> {
  const { columns } = holdings;
  const { current, previous } = await countFilter(holdings, filter);
  const index = cellIndex(columns, resolution);
  const now = sumByCell(index, current.byPlace);
  const before = previous && sumByCell(index, previous.byPlace);
  const cells: Cells['cells'] = [];
  index.keys.forEach((key, cell) => {
    if (now[cell] === 0 && !before?.[cell]) return;
    cells.push({ cell: cellOfKey(key, resolution), count: now[cell]!, ...(before && { previous: before[cell]! }) });
  });
  return { resolution, version: columns.version, total: current.total, located: current.located, cells };
}
