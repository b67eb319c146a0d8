import { openTables } from '../import/open-tables.ts';
import type { Upload } from '../import-model.ts';

/** Tells what a file that was sent is, and which tables are in it; refuses what cannot be read with an `InputError`. */
export async function describeUpload(path: string, name: string): Promise<Pick<Upload, 'kind' | 'tables'>> {
  const { kind, tables, close } = await openTables(path, { name });
  try {
    // in an archive some tables may be good and others not: each is looked at when it is chosen
    const [only] = tables;
    if (only && kind !== 'zip' && kind !== 'xlsx') await (await only.open()).close();
    return { kind, tables: tables.map((table) => ({ name: table.name, rows: null })) };
  } finally {
    close();
  }
}
