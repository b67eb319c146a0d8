import { LRUCache } from 'lru-cache';
import type { Holdings } from './load-holdings.ts';

/** Memory for answers about one version of the data; the least recently asked for goes first. */
const mostBytes = 256 * 2 ** 20;
/** What an answer whose size nobody tells is taken to need. */
const usualBytes = 100_000;
const answers = new WeakMap<Holdings, LRUCache<string, Promise<unknown>>>();

/**
 * The answer under a key, made once: those who ask while it is being made wait for the same one. A failure is not kept.
 * `bytesOf` tells how much memory an answer holds.
 */
export function remember<Answer>(
  holdings: Holdings,
  key: string,
  make: () => Promise<Answer>,
  bytesOf: (answer: Answer) => number = () => usualBytes,
): Promise<Answer> {
  const known = remembered<Answer>(holdings, key);
  if (known) return known;
  const cache = answers.get(holdings) ?? new LRUCache<string, Promise<unknown>>({ maxSize: mostBytes });
  answers.set(holdings, cache);
  const answer = make();
  cache.set(key, answer, { size: 1 });
  answer.then(
    (made) => cache.set(key, answer, { size: Math.max(1, key.length + bytesOf(made)) }),
    () => cache.peek(key) === answer && cache.delete(key),
  );
  return answer;
}

/** The answer under a key if it is there or being made. */
export function remembered<Answer>(holdings: Holdings, key: string): Promise<Answer> | undefined {
  return answers.get(holdings)?.get(key) as Promise<Answer> | undefined;
}
