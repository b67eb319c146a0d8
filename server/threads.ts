import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { currentAsker } from './askers.ts';
import { InputError } from './errors.ts';

/** A function that a worker thread can run: where it stands, and its name there. */
export type Task<Work extends (...values: never[]) => unknown> = {
  readonly module: string;
  readonly name: string;
  readonly lane: Lane;
  /** For the compiler only: the function's own type. */
  readonly work?: Work;
};

/** Counting takes milliseconds and statistics may take seconds: apart, neither waits for the other. */
type Lane = 'quick' | 'long';

/** Names an exported function as a task; its arguments and result must be data that threads can hand over. */
export function task<Work extends (...values: never[]) => unknown>(
  module: URL,
  name: string,
  lane: Lane = 'long',
): Task<Work> {
  return { module: module.href, name, lane };
}

/** How many threads count at once. */
export const quickThreads = Math.max(1, Math.min(8, availableParallelism()));

const pools: Readonly<Record<Lane, Piscina>> = { quick: createPool(quickThreads), long: createPool(quickThreads) };

/** Threads are made at their first use: a command that needs none starts none. */
function createPool(threads: number): Piscina {
  return new Piscina({
    filename: new URL('./thread-entry.mjs', import.meta.url).href,
    execArgv: [],
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 10 * 60_000,
    concurrentTasksPerWorker: 1,
  });
}

/**
 * Runs a task in a worker thread; an `InputError` comes back as it was thrown. Work that nobody waits for any more is not
 * begun; long work under way is ended with its thread, while quick work ends sooner than a new thread would start.
 */
export async function inThread<Work extends (...values: never[]) => unknown>(
  { module, name, lane }: Task<Work>,
  ...values: Parameters<Work>
): Promise<Awaited<ReturnType<Work>>> {
  const asker = currentAsker();
  asker?.throwIfAborted();
  const { result, refused } = await pools[lane].run(
    { module, name, values },
    { signal: lane === 'long' ? (asker ?? null) : null },
  );
  if (refused) throw new InputError(refused.message, refused);
  return result;
}

/** Starts threads before they are needed: the first takes half a second to learn TypeScript. */
export async function warmThreads(): Promise<void> {
  const lanes = Object.values(pools);
  await Promise.all(lanes.flatMap((pool) => Array.from({ length: quickThreads }, () => pool.run(null))));
}

/** Ends the threads; for a process that is to end. */
export async function endThreads(): Promise<void> {
  await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
}
