import type { Trial } from '../../server/import-model.ts';

type Words = Trial['words'];

/** A word of the file with what its rows are kept as; several codes where rules tell rows of one word apart. */
export type WordRow = {
  readonly word: string;
  readonly count: number;
  readonly kept: readonly { readonly code: string | null; readonly count: number }[];
};

/** One row a word, those with rows nothing knows first, then as the service has them: the most frequent first. */
export function wordRows(words: Words): WordRow[] {
  const byWord = new Map<string, Words>();
  for (const one of words) byWord.set(one.word, [...(byWord.get(one.word) ?? []), one]);
  const rows = [...byWord].map(([word, kept]) => ({
    word,
    count: kept.reduce((sum, { count }) => sum + count, 0),
    kept: kept.map(({ code, count }) => ({ code, count })),
  }));
  const isKnown = ({ kept }: WordRow) => kept.every(({ code }) => code !== null);
  return [...rows.filter((row) => !isKnown(row)), ...rows.filter(isKnown)];
}

/** Rows of the file that no category is known for, words mapped by hand left out. */
export function unknownRows(rows: readonly WordRow[], byHand: Readonly<Record<string, string>>) {
  const left = rows.filter(({ word }) => byHand[word] === undefined);
  const counts = left
    .map(({ kept }) => kept.find(({ code }) => code === null)?.count ?? 0)
    .filter((count) => count > 0);
  return { words: counts.length, rows: counts.reduce((sum, count) => sum + count, 0) };
}
