import { parseArgs } from 'node:util';
import { areasCommand } from './commands/areas.ts';
import { type Arguments, type Command, say, UsageError } from './commands/command.ts';
import { downloadCommand } from './commands/download.ts';
import { importCommand } from './commands/import.ts';
import { postcodesCommand } from './commands/postcodes.ts';
import { profileCommand } from './commands/profile.ts';
import { qualityCommand } from './commands/quality.ts';
import { resetCommand } from './commands/reset.ts';
import { statusCommand } from './commands/status.ts';
import { undoCommand } from './commands/undo.ts';
import { readConfig } from './config.ts';
import { InputError, NotFoundError, StartupError } from './errors.ts';
import { openDatabase } from './store/database.ts';
import { waitUntilServed } from './store/versions.ts';

const commands: Readonly<Record<string, Command>> = {
  areas: areasCommand,
  import: importCommand,
  postcodes: postcodesCommand,
  profile: profileCommand,
  download: downloadCommand,
  status: statusCommand,
  quality: qualityCommand,
  undo: undoCommand,
  reset: resetCommand,
};

function usage(): string {
  const lines = Object.values(commands).map((command) => `  ${command.usage}`);
  return `Usage: npm run hotspot -- <command>

${lines.join('\n')}

Works on the database of DATABASE_URL, else on the embedded one in HOTSPOT_DATA_DIR, also while the service runs.`;
}

const patience = 60_000;

async function main(argv: readonly string[]): Promise<void> {
  const [name = '', ...rest] = argv;
  if (name === '' || name === 'help' || name === '--help') {
    say(usage());
    if (name === '') process.exitCode = 2;
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command "${name}"`);
  const given = parse(rest, command);
  command.check(given);
  const config = readConfig(process.env);
  if (!command.needsDatabase) return command.run(given, config);
  const database = await openDatabase({ ...config, role: 'command' });
  try {
    await command.run(database, given, config);
    if (!(await waitUntilServed(database, patience)))
      say('The data are in; the running service is still loading them.');
  } finally {
    await database.close();
  }
}

function parse(argv: string[], command: Command): Arguments {
  try {
    const { positionals, values } = parseArgs({ args: argv, options: command.options ?? {}, allowPositionals: true });
    return { positionals, values: values as Arguments['values'] };
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

function fail(error: unknown): void {
  const known = [InputError, NotFoundError, StartupError].some((kind) => error instanceof kind);
  if (error instanceof UsageError) process.stderr.write(`hotspot: ${error.message}\n\n${usage()}\n`);
  else process.stderr.write(`${known ? `hotspot: ${(error as Error).message}` : ((error as Error).stack ?? error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

await main(process.argv.slice(2)).catch(fail);
