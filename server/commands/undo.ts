import { previewRemoval, removeImport } from '../flows/remove-import.ts';
import type { Removal } from '../import-model.ts';
import type { Database } from '../store/database.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';

/** `undo <import> --yes`: takes an import back; without `--yes` only says what that would do. */
export const undoCommand: Command = {
  usage: `undo <number of the import> [--yes]
      Take an import back, whole; without --yes only say what that would do. "status" lists the numbers.`,
  options: { yes: { type: 'boolean' } },
  check({ positionals }) {
    if (positionals.length !== 1 || !/^[1-9]\d{0,8}$/.test(positionals[0]!)) {
      throw new UsageError('undo takes the number of one import, such as undo 12; "status" lists them');
    }
  },
  needsDatabase: true,
  run: runUndo,
};

async function runUndo(database: Database, { positionals, values }: Arguments): Promise<void> {
  const id = Number(positionals[0]);
  const removal = await (values.yes ? removeImport(database, id) : previewRemoval(database, id));
  describe(removal, values.yes === true).forEach(say);
}

function describe({ import: about, removed, restored, kept, alsoInLater, months }: Removal, done: boolean): string[] {
  const number = (count: number) => count.toLocaleString('en-GB');
  const lines = [
    `import ${about.id}, ${about.fileName}: ${done ? 'undone' : 'undoing it would do this'}`,
    `  ${number(removed)} incidents ${done ? 'are removed' : 'would go'}, ${number(restored)} ${done ? 'say' : 'would say'} again what they said before it`,
  ];
  if (kept > 0) lines.push(`  ${number(kept)} that later imports have changed since stay as those say`);
  if (alsoInLater > 0) {
    lines.push(
      `  ${number(alsoInLater)} rows of later imports found them as they are: import those files again to keep them`,
    );
  }
  if (months.length > 0)
    lines.push(`  by month: ${months.map(({ month, removed }) => `${month} ${number(removed)}`).join(', ')}`);
  if (!done) lines.push('Nothing is changed yet; add --yes to undo it.');
  return lines;
}
