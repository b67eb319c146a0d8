import type { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import type { Database } from '../store/database.ts';

/** The command line was wrong: exit code 2. */
export class UsageError extends Error {}

/** What stands on the command line after the name of the command. */
export type Arguments = {
  readonly positionals: string[];
  readonly values: Readonly<Record<string, string | boolean | string[] | undefined>>;
};

type Common = {
  /** What the list of commands says of it: the line to type, then what it does. */
  readonly usage: string;
  readonly options: NonNullable<Parameters<typeof parseArgs>[0]>['options'];
  /** Throws a `UsageError` before anything is touched. */
  check(given: Arguments): void;
};

/** One word of `npm run hotspot -- <command>`; `run` prints its summary and throws what went wrong. */
export type Command = Common &
  (
    | { readonly needsDatabase: true; run(database: Database, given: Arguments, config: Config): Promise<void> }
    | { readonly needsDatabase: false; run(given: Arguments, config: Config): Promise<void> }
  );

/** Refuses words beyond the options. */
export function noArguments({ positionals }: Arguments): void {
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one word too many`);
}

/** Prints a line of a command's result. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
