import { findFiles } from '../flows/find-files.ts';
import { importPostcodes } from '../flows/import-postcodes.ts';
import type { Database } from '../store/database.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';

/** `postcodes <csv…>`: takes in points of postcodes. */
export const postcodesCommand: Command = {
  usage: `postcodes <csv…>
      Load the points of postcodes, from the files of Code-Point Open or another list, or from a folder of them.`,
  options: {},
  check({ positionals }) {
    if (positionals.length === 0) throw new UsageError('postcodes takes one or more files or folders');
  },
  needsDatabase: true,
  run: runPostcodes,
};

async function runPostcodes(database: Database, { positionals }: Arguments): Promise<void> {
  const files = await findFiles(positionals);
  const { read, changed, held } = await importPostcodes(database, files);
  const number = (count: number) => count.toLocaleString('en-GB');
  say(`${number(read)} postcodes read, ${number(changed)} new or changed; ${number(held)} held.`);
}
