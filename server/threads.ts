import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { InputError } from './errors.ts';

/** A function that a worker thread can run: where it stands, and its name there. */
export type Task<Work extends (...values: never[]) => unknown> = {
  readonly module: string;
  readonly name: string;
  /** For the compiler only: the function's own type. */
  readonly work?: Work;
};

/** Names an exported function as a task; its arguments and result must be data that threads can hand over. */
export function task<Work extends (...values: never[]) => unknown>(module: URL, name: string): Task<Work> {
  return { module: module.href, name };
}

// statistics may take a second: in threads of their own they keep no other request waiting
const pool = new Piscina({
  filename: new URL('./thread-entry.mjs', import.meta.url).href,
  execArgv: [],
  minThreads: 1,
  maxThreads: Math.max(1, Math.min(4, availableParallelism())),
  idleTimeout: 60_000,
});

/** Runs a task in a worker thread; an `InputError` comes back as it was thrown. */
export async function inThread<Work extends (...values: never[]) => unknown>(
  { module, name }: Task<Work>,
  ...values: Parameters<Work>
): Promise<Awaited<ReturnType<Work>>> {
  const { result, refused } = await pool.run({ module, name, values });
  if (refused) throw new InputError(refused.message, refused);
  return result;
}

/** Ends the threads; for a process that is to end. */
export async function endThreads(): Promise<void> {
  await pool.destroy();
}
