import type { Readable } from 'node:stream';
import { InputError } from '../errors.ts';
import { isFileOf } from '../import/file-names.ts';
import { chooseTable, openTables, type Table, type Tables } from '../import/open-tables.ts';
import type { Profile } from '../import/profile.ts';
import { readRows } from '../import/read-rows.ts';
import type { ReadingOptions } from '../import-model.ts';
import type { FoundFile } from './find-files.ts';

/** The tables of a file that are to be taken in. */
export type FoundTables = {
  readonly tables: readonly Table[];
  /** What was passed over within the file, in one sentence; null when nothing was. */
  readonly note: string | null;
  readonly close: () => void;
};

export type Choice = {
  readonly profile: Pick<Profile, 'name' | 'files'>;
  /** The sheet or file within the file that a person named. */
  readonly table: string | undefined;
};

/**
 * Chooses the tables of a file: the named one; else the first sheet of a workbook, and the files of a zip that the
 * profile is for by their names. Of a file found in a folder there may be none: the profile is for others.
 */
export async function findTables(file: FoundFile, input: string | Readable, choice: Choice): Promise<FoundTables> {
  if (file.kind === 'stream') return { tables: [streamTable(file.path, input)], note: null, close: () => {} };
  const opened = await openTables(file.path, { name: file.path });
  try {
    return { ...choose(file, opened, choice), close: opened.close };
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** A stream can be read once only, so nothing is looked up in it first. */
function streamTable(path: string, input: string | Readable): Table {
  const name = path === '-' ? 'standard input' : path;
  const open = (told: ReadingOptions = {}) => readRows(input, { ...told, name });
  return { name, path: name, bytes: null, open };
}

function choose(file: FoundFile, opened: Tables, choice: Choice): Omit<FoundTables, 'close'> {
  const { tables, kind, passedOver } = opened;
  const unreadable = passedOver.map(({ name, reason }) => `${name}, which ${reason}`);
  if (kind === 'zip' && choice.table === undefined) return chooseMembers(file, tables, unreadable, choice.profile);
  const isFound = file.kind === 'in a folder' && kind !== 'zip';
  if (isFound && !isFileOf(choice.profile, file.path)) return { tables: [], note: null };
  const chosen = chooseTable(file.path, opened, choice.table);
  const others = tables.filter((table) => table !== chosen).map(({ name }) => `"${name}"`);
  if (kind === 'zip' || choice.table !== undefined || others.length === 0) return { tables: [chosen], note: null };
  const note = `${file.path}: the sheet "${chosen.name}" is taken, ${listOf(others)} passed over (--table names another)`;
  return { tables: [chosen], note };
}

/** The sentence about files of a folder that the profile is not for. */
export function describePassedOver(paths: readonly string[], profile: Choice['profile']): string {
  return `${paths.length} files passed over: ${listOf(paths)}; ${whatFor(profile)}`;
}

function chooseMembers(
  { path, kind }: FoundFile,
  all: readonly Table[],
  unreadable: readonly string[],
  profile: Choice['profile'],
): Omit<FoundTables, 'close'> {
  const tables = all.filter(({ name }) => isFileOf(profile, name));
  const others = all.filter((table) => !tables.includes(table)).map(({ name }) => name);
  if (tables.length === 0) {
    if (kind === 'in a folder') return { tables: [], note: null };
    const message = `${path} holds ${listOf(others)}, and ${whatFor(profile)}. Choose another profile, or name a file in it by --table.`;
    throw new InputError(message, { code: 'no-tables' });
  }
  const passed = [...others, ...unreadable];
  if (passed.length === 0) return { tables, note: null };
  const why = others.length > 0 ? `; ${whatFor(profile)}` : '';
  return {
    tables,
    note: `${path}: ${tables.length} files taken, ${passed.length} passed over: ${listOf(passed)}${why}`,
  };
}

function whatFor({ name, files = [] }: Choice['profile']): string {
  return `the profile ${name} is for files named ${files.join(' or ')}`;
}

function listOf(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
