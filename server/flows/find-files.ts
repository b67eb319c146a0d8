import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { isGeoJsonFile } from '../import/open-tables.ts';

const readable = /\.((csv|tsv|txt|geojson)(\.gz)?|xlsx|json|zip)$/i;

/** What this service writes beside imports, and what Excel keeps beside an open workbook. */
const ours = /(\.rejects\.csv|\.report\.json|(^|[\\/])~\$[^\\/]*)$/;

/** A file to be taken in, and whether a person named it or it was found in a folder. */
export type FoundFile = { readonly path: string; readonly kind: 'named' | 'in a folder' | 'stream' };

/** The files that paths name: files as they are, folders with every table below them, in the order of their names. */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const kind = path === '-' ? 'stream' : await kindOf(path);
    if (kind !== 'folder') found.push({ path, kind });
    else for (const file of await filesIn(path)) found.push({ path: file, kind: 'in a folder' });
  }
  return found;
}

async function kindOf(path: string): Promise<'named' | 'stream' | 'folder'> {
  try {
    const info = await stat(path);
    return info.isDirectory() ? 'folder' : info.isFile() ? 'named' : 'stream';
  } catch (cause) {
    throw new InputError(`there is no file or folder ${path}; check the path`, { cause });
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  const names = entries.filter((name) => readable.test(name) && !ours.test(name)).sort();
  const files: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    // JSON is many things besides tables: only points in GeoJSON are meant.
    if (!/\.json$/i.test(name) || (await isGeoJsonFile(path))) files.push(path);
  }
  if (files.length === 0) throw new InputError(`the folder ${folder} holds no CSV, Excel, GeoJSON or ZIP files`);
  return files;
}
