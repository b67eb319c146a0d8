import { LRUCache } from 'lru-cache';
import { currentAsker, onBehalfOf } from '../askers.ts';
import type { Holdings } from './load-holdings.ts';

/** Memory for answers about one version of the data; the least recently asked for goes first. */
const mostBytes = 256 * 2 ** 20;
/** What keeping needs on top of an answer: found by keeping thousands of empty ones. */
const keptBytes = 4_000;
/** What an answer whose size nobody tells is taken to need. */
const usualBytes = 100_000;

/** An answer that is there, once it was made, or can be waited for. */
export type Known<Answer> = { readonly made?: Answer; wait(): Promise<Answer> };

const caches = new WeakMap<Holdings, LRUCache<string, Known<unknown>>>();

/**
 * The answer under a key, made once: those who ask while it is being made wait for the same one. A failure is not kept.
 * When all who wait have gone away, the work is stopped. `bytesOf` tells how much memory an answer holds.
 */
export function remember<Answer>(
  holdings: Holdings,
  key: string,
  make: () => Promise<Answer>,
  bytesOf: (answer: Answer) => number = () => usualBytes,
): Promise<Answer> {
  const cache = caches.get(holdings) ?? new LRUCache<string, Known<unknown>>({ maxSize: mostBytes });
  caches.set(holdings, cache);
  const known = cache.get(key) as Known<Answer> | undefined;
  if (known) return known.wait();
  const audience = createAudience();
  const answer = onBehalfOf(audience.signal, make);
  const kept: Known<Answer> = {
    wait() {
      audience.join();
      return answer;
    },
  };
  cache.set(key, kept, { size: 1 });
  const isKept = () => cache.peek(key) === kept;
  const forget = () => isKept() && cache.delete(key);
  // who asks after the work was stopped begins it anew
  audience.signal.addEventListener('abort', forget, { once: true });
  answer.then((made) => {
    audience.close();
    // a new object: the cache measures the very same one only once
    if (isKept()) cache.set(key, { ...kept, made }, { size: keptBytes + key.length + bytesOf(made) });
  }, forget);
  return kept.wait();
}

/** The answer under a key if it is there or being made. */
export function remembered<Answer>(holdings: Holdings, key: string): Promise<Answer> | undefined {
  return findKnown<Answer>(holdings, key)?.wait();
}

/** The same without a promise for what is there, for those who ask thousands of times a second. */
export function findKnown<Answer>(holdings: Holdings, key: string): Known<Answer> | undefined {
  return caches.get(holdings)?.get(key) as Known<Answer> | undefined;
}

/** Counts those who wait; its signal is aborted when the last of them has gone away before it was closed. */
function createAudience() {
  const controller = new AbortController();
  let waiting = 0;
  let open = true;
  return {
    signal: controller.signal,
    join() {
      const asker = currentAsker();
      if (!open || asker?.aborted) return;
      waiting++;
      // the service itself, which has no signal, waits to the end
      asker?.addEventListener(
        'abort',
        () => {
          waiting--;
          if (open && waiting === 0) controller.abort();
        },
        { once: true },
      );
    },
    close() {
      open = false;
    },
  };
}
