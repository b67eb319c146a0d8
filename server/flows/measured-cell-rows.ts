import type { AreaLayer } from '../count/columns.ts';
import type { HarmIndex } from '../import/harm-index.ts';
import type { Cells, Filter, MeasureOptions } from '../model.ts';
import type { Database } from '../store/database.ts';
import type { Holdings } from './load-holdings.ts';
import { measureCells } from './measure-cells.ts';

/** Every cell of the study area with its measures, one row a cell. */
export async function measuredCellRows(
  database: Database,
  holdings: Holdings,
  harm: HarmIndex | null,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  options: MeasureOptions,
): Promise<Cells> {
  const measured = await measureCells(database, holdings, harm, filter, layer, resolution, options);
  const cells = measured.study.cells.map((cell, index) => {
    const row: Record<string, unknown> = { cell };
    for (const { name, values } of measured.columns) row[name] = values[index];
    return row as Cells['cells'][number];
  });
  const { total, located, description, notes } = measured;
  return {
    resolution,
    version: holdings.columns.version,
    total,
    located,
    study: description,
    notes: [...notes],
    cells,
  };
}
