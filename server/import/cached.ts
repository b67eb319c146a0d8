import { detach, longestWord } from './create-tally.ts';

/** Reading starts afresh when this many texts are known: the column turned out to be free text. */
const mostCached = 5000;

/** Words and dates repeat: each different text is read once. */
export function cached<T>(read: (text: string) => T): (text: string) => T {
  const cache = new Map<string, T>();
  return (text) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    if (text.length > longestWord) return read(text);
    if (cache.size >= mostCached) cache.clear();
    const value = read(detach(text));
    cache.set(detach(text), value);
    return value;
  };
}
