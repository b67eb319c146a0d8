import { findFiles } from '../flows/find-files.ts';
import { importPostcodes } from '../flows/import-postcodes.ts';
import { fileProgress } from '../report/progress.ts';
import type { Database } from '../store/database.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';

/** `postcodes <file…>`: takes in points of postcodes. */
export const postcodesCommand: Command = {
  usage: `postcodes <file…>
      Load the points of postcodes, from the files of Code-Point Open (its zip, a file or a folder) or another list.`,
  options: {},
  check({ positionals }) {
    if (positionals.length === 0)
      throw new UsageError('postcodes takes one or more files or folders, such as codepo_gb.zip');
  },
  needsDatabase: true,
  run: runPostcodes,
};

async function runPostcodes(database: Database, { positionals }: Arguments): Promise<void> {
  const files = await findFiles(positionals);
  const progress = fileProgress('postcodes');
  const { read, changed, held } = await importPostcodes(
    database,
    files.map(({ path }) => path),
    (rowsRead) => progress.update({ rowsRead, bytesRead: 0, bytesTotal: null }),
  ).finally(progress.end);
  const number = (count: number) => count.toLocaleString('en-GB');
  say(`${number(read)} postcodes read, ${number(changed)} new or changed; ${number(held)} held.`);
}
