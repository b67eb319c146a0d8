import { AsyncLocalStorage } from 'node:async_hooks';

/** Aborted when nobody waits for the work any more. */
const askers = new AsyncLocalStorage<AbortSignal>();

/** Does work on behalf of an asker, whose signal all that is begun by it can see. */
export function onBehalfOf<Result>(asker: AbortSignal, work: () => Result): Result {
  return askers.run(asker, work);
}

/** The signal of who asked for the work under way; undefined for what the service does of its own accord. */
export function currentAsker(): AbortSignal | undefined {
  return askers.getStore();
}
