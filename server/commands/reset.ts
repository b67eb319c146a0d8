import type { Database } from '../store/database.ts';
import { resetData } from '../store/status.ts';
import { type Command, noArguments, say, UsageError } from './command.ts';

/** `reset --yes`: forgets all data. */
export const resetCommand: Command = {
  usage: `reset --yes
      Forget every incident, import and area.`,
  options: { yes: { type: 'boolean' } },
  check(given) {
    noArguments(given);
    if (!given.values.yes) throw new UsageError('reset forgets every incident, import and area; add --yes to do it');
  },
  needsDatabase: true,
  run: runReset,
};

async function runReset(database: Database): Promise<void> {
  await database.change(resetData);
  say('Every incident, import and area is forgotten.');
}
