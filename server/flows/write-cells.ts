import { cellOfKey } from '../count/cell-index.ts';
import type { AreaLayer } from '../count/columns.ts';
import type { HarmIndex } from '../import/harm-index.ts';
import type { Cells, Filter, MeasureOptions } from '../model.ts';
import { cellsToGeojson } from '../report/cells-to-geojson.ts';
import { toCsv } from '../report/to-csv.ts';
import type { Database } from '../store/database.ts';
import { inThread, task } from '../threads.ts';
import type { Holdings } from './load-holdings.ts';
import { measureCells } from './measure-cells.ts';
import { type PackedColumn, packColumn, valueAt } from './packed-column.ts';
import { sumCells } from './prepare-cells.ts';

/** A table of cells before it is written down: data only, so that a thread can write it. */
export type CellTable = {
  /** All of the answer but its rows. */
  readonly head: Omit<Cells, 'cells'>;
  readonly keys: Float64Array;
  readonly columns: readonly PackedColumn[];
  /** Rows are written of which one of these is above 0; all, if there are none. */
  readonly writtenAbove: readonly ArrayLike<number>[];
};

/** Tables of more cells than this are written in a thread: it takes a microsecond a row or more. */
const manyCells = 5_000;
const writeTask = task<typeof writeTable>(new URL('./write-cells.ts', import.meta.url), 'writeTable', 'quick');

/** Incidents by H3 cell, written down; only cells with any, now or in the earlier period. */
export async function writeCells(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  format: 'json' | 'csv' | 'geojson',
): Promise<Uint8Array> {
  const { index, now, before, total, located } = await sumCells(holdings, filter, resolution);
  return write(format, {
    head: { resolution, version: holdings.columns.version, total, located },
    keys: index.keys,
    columns: [packColumn('count', now), ...(before ? [packColumn('previous', before)] : [])],
    writtenAbove: before ? [now, before] : [now],
  });
}

/** Every cell of the study area with its measures, written down. */
export async function writeMeasuredCells(
  database: Database,
  holdings: Holdings,
  harm: HarmIndex | null,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  options: MeasureOptions,
  format: 'json' | 'csv' | 'geojson',
): Promise<Uint8Array> {
  const measured = await measureCells(database, holdings, harm, filter, layer, resolution, options);
  const { total, located, description, notes, study, columns } = measured;
  const version = holdings.columns.version;
  return write(format, {
    head: { resolution, version, total, located, study: description, notes: [...notes] },
    keys: study.keys,
    columns,
    writtenAbove: [],
  });
}

function write(format: 'json' | 'csv' | 'geojson', table: CellTable): Uint8Array | Promise<Uint8Array> {
  return table.keys.length < manyCells ? writeTable(format, table) : inThread(writeTask, format, table);
}

/** Writes a table as JSON, CSV or GeoJSON, in UTF-8. */
export function writeTable(
  format: 'json' | 'csv' | 'geojson',
  { head, keys, columns, writtenAbove }: CellTable,
): Uint8Array {
  const rows: ({ cell: string } & Record<string, number | string | null>)[] = [];
  keys.forEach((key, at) => {
    if (writtenAbove.length > 0 && !writtenAbove.some((values) => values[at]! > 0)) return;
    const row: (typeof rows)[number] = { cell: cellOfKey(key, head.resolution) };
    for (const column of columns) row[column.name] = valueAt(column, at);
    rows.push(row);
  });
  return new TextEncoder().encode(text());

  function text(): string {
    if (format === 'json') return JSON.stringify({ ...head, cells: rows });
    if (format === 'geojson') return JSON.stringify(cellsToGeojson(rows));
    const names = ['cell', ...columns.map(({ name }) => name)];
    return toCsv(
      names,
      rows.map((row) => names.map((name) => row[name])),
    );
  }
}
