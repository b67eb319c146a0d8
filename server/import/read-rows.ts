import { Readable } from 'node:stream';
import { InputError } from '../errors.ts';
import type { ReadingOptions } from '../import-model.ts';
import { chooseTable, isZip, openTables, type Table } from './open-tables.ts';
import { readTable, startReading } from './read-table.ts';
import type { Rows } from './rows.ts';

/** What the file is called in messages, and what a person knows better than can be found out. */
export type ReadOptions = ReadingOptions & { readonly name?: string };

/**
 * Opens a file or stream as rows: CSV or GeoJSON (gzipped or not), a sheet of a workbook, or a file in a zip. What it
 * is, and how it is laid out, is found out from its bytes; memory stays flat however long it is. Of several tables the
 * first is read unless one is named. Refuses what is no table with an `InputError`.
 */
export async function readRows(input: string | Readable | Table, options: ReadOptions = {}): Promise<Rows> {
  if (typeof input !== 'string' && !(input instanceof Readable)) return input.open(options);
  const started = await startReading(input, options.name);
  if (!isZip(started.start)) return readTable(started, options);
  const { name } = started.bytes;
  await started.close();
  if (typeof input !== 'string') {
    const message = `${name} is a ZIP archive or a workbook, which cannot be read as it streams in. Save it as a file and name that file.`;
    throw new InputError(message, { code: 'archive-refused' });
  }
  return readFromArchive(input, name, options);
}

async function readFromArchive(path: string, name: string, options: ReadOptions): Promise<Rows> {
  const tables = await openTables(path, { name, only: options.table });
  try {
    const rows = await chooseTable(name, tables, options.table).open(options);
    const close = async () => {
      await rows.close();
      tables.close();
    };
    return { ...rows, close };
  } catch (error) {
    tables.close();
    throw error;
  }
}
