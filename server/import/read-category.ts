import { compileWhen } from './compile-when.ts';
import { detach, longestWord, otherWords } from './create-tally.ts';
import { type Columns, textOf } from './match-columns.ts';
import type { Profile } from './profile.ts';
import type { Problem } from './reject.ts';
import { foldWord, type Taxonomy } from './taxonomy.ts';

/** A category word as the rows have it, and the code they are kept as; null when nothing knows the word. */
export type WordCount = { readonly word: string; readonly code: string | null; readonly count: number };
type Entry = { readonly word: string; readonly code: string | null; count: number };

export type CategoryReader = {
  /** The word and code of a row. */
  readonly read: (fields: readonly string[]) => Omit<WordCount, 'count'> | Problem;
  /** Every word with its code and how often so far, the most frequent first. */
  readonly words: () => WordCount[];
};

/** A column of free text taken for categories would otherwise fill the memory. */
const mostWords = 10_000;

/** Makes the reader of categories: rules first, then the profile's own words, the mapping, codes, and what is left. */
export function createCategoryReader(profile: Profile, taxonomy: Taxonomy, columns: Columns): CategoryReader {
  const { category } = profile;
  const resolve = createResolver(profile, taxonomy);
  const byWord = createEntries(resolve);
  const rules = (category.rules ?? []).flatMap(({ when, code }) => {
    const matches = compileWhen(when, columns.find);
    return matches ? [{ matches, entries: createEntries(() => code) }] : [];
  });
  const text = columns.category;
  const missing: Problem = { column: text?.name ?? '', value: '', reason: 'the category is missing; fill it in' };
  const needsWord = category.constant === undefined && category.otherwise === undefined;

  return {
    read: (fields) => {
      const word = text ? textOf(fields, text) : '';
      for (const { matches, entries } of rules) if (matches(fields)) return entries.count(word);
      return word === '' && needsWord ? missing : byWord.count(word);
    },
    words: () =>
      [byWord, ...rules.map(({ entries }) => entries)]
        .flatMap(({ all }) => all())
        .filter(({ word }) => text !== null || word !== '')
        .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)),
  };
}

function createResolver(profile: Profile, taxonomy: Taxonomy): (word: string) => string | null {
  const { words, mapping, codes, constant, otherwise } = profile.category;
  const own = new Map(Object.entries(words ?? {}).map(([word, code]) => [foldWord(word), code]));
  return (word) => {
    const folded = foldWord(word);
    const known = own.get(folded) ?? (mapping === undefined ? null : taxonomy.codeOf(mapping, word));
    if (known !== null) return known;
    if (codes && taxonomy.hasCategory(folded)) return folded;
    return constant ?? otherwise ?? null;
  };
}

/** Counts words, each resolved once; long ones and those beyond the ten thousandth are resolved anew and counted together. */
function createEntries(resolve: (word: string) => string | null) {
  const entries = new Map<string, Entry>();
  const beyond: Entry = { word: otherWords, code: null, count: 0 };
  return {
    count: (word: string): Omit<WordCount, 'count'> => {
      let entry = entries.get(word);
      if (!entry) {
        if (entries.size >= mostWords || word.length > longestWord) {
          beyond.count++;
          return { word, code: resolve(word) };
        }
        const own = detach(word);
        entry = { word: own, code: resolve(own), count: 0 };
        entries.set(own, entry);
      }
      entry.count++;
      return entry;
    },
    all: (): WordCount[] => (beyond.count > 0 ? [...entries.values(), beyond] : [...entries.values()]),
  };
}
