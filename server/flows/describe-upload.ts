import { readRows } from '../import/read-rows.ts';
import type { Upload } from '../import-model.ts';

/** Tells what a file that was sent is, and which tables are in it; refuses what cannot be read with an `InputError`. */
export async function describeUpload(path: string, name: string): Promise<Pick<Upload, 'kind' | 'tables'>> {
  const rows = await readRows(path, { name });
  await rows.close();
  return { kind: 'csv', tables: [{ name, rows: null }] };
}
