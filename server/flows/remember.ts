import { LRUCache } from 'lru-cache';
import type { Holdings } from './load-holdings.ts';

/** Answers kept for each version of the data; the least recently asked for goes first. */
const mostAnswers = 100;
const answers = new WeakMap<Holdings, LRUCache<string, Promise<unknown>>>();

/** The answer under a key, made once: those who ask while it is being made wait for the same one. A failure is not kept. */
export function remember<Answer>(holdings: Holdings, key: string, make: () => Promise<Answer>): Promise<Answer> {
  const cache = answers.get(holdings) ?? new LRUCache<string, Promise<unknown>>({ max: mostAnswers });
  answers.set(holdings, cache);
  const known = cache.get(key) as Promise<Answer> | undefined;
  if (known) return known;
  const answer = make();
  cache.set(key, answer);
  answer.catch(() => {
    if (cache.get(key) === answer) cache.delete(key);
  });
  return answer;
}
