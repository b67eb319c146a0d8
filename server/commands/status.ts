import type { Database } from '../store/database.ts';
import { readImports, readTotals } from '../store/status.ts';
import { type Command, noArguments, say } from './command.ts';

/** `status`: what is held. */
export const statusCommand: Command = {
  usage: `status
      What is held, and the newest imports.`,
  options: {},
  check: noArguments,
  needsDatabase: true,
  run: runStatus,
};

async function runStatus(database: Database): Promise<void> {
  const { totals, imports } = await database.read(async (client) => ({
    totals: await readTotals(client),
    imports: await readImports(client, 10),
  }));
  say(`${database.description}, data version ${totals.version}`);
  say(`${totals.incidents.toLocaleString('en-GB')} incidents from ${totals.imports} imports`);
  for (const { layer, validFrom, areas } of totals.layers)
    say(`${areas} areas of layer ${layer}, valid from ${validFrom ?? 'an unknown day'}`);
  for (const { id, finishedAt, fileName, rowsRead, added, changed, rejected, removedAt } of imports) {
    say(
      `import ${id}, ${finishedAt.slice(0, 16)}Z ${fileName}: ${rowsRead} rows, ${added} added, ${changed} changed, ${rejected} rejected${removedAt ? '; undone' : ''}`,
    );
  }
}
