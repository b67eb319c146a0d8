import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';

/** Aborted when nobody waits for the work any more. */
const askers = new AsyncLocalStorage<AbortSignal>();

/** Does work on behalf of an asker, whose signal all that is begun by it can see. */
export function onBehalfOf<Result>(asker: AbortSignal, work: () => Result): Result {
  return askers.run(asker, work);
}

/** Aborted when the asker goes away before the answer is sent; a request's own signal ends with its body already. */
export function askerOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => response.writableFinished || controller.abort());
  return controller.signal;
}

/** The signal of who asked for the work under way; undefined for what the service does of its own accord. */
export function currentAsker(): AbortSignal | undefined {
  return askers.getStore();
}
