import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';

const readable = /\.(csv|tsv|txt)(\.gz)?$/i;

/** The files that paths name: files as they are, folders with every table below them, in the order of their names. */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const kind = path === '-' ? 'file' : await kindOf(path);
    if (kind === 'file') found.push(path);
    else found.push(...(await filesIn(path)));
  }
  return found;
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (cause) {
    throw new InputError(`there is no file or folder ${path}; check the path`, { cause });
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((name) => readable.test(name) && !name.endsWith('.rejects.csv')).sort();
  if (files.length === 0) throw new InputError(`the folder ${folder} holds no CSV files`);
  return files.map((name) => join(folder, name));
}
