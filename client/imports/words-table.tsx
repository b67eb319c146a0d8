import { useState } from 'preact/hooks';
import type { Trial } from '../../server/import-model.ts';
import { formatCount } from '../format.ts';
import { CategoryChoice } from './category-choice.tsx';
import { taxonomy } from './import-requests.ts';
import { words as mappedWords, mapWord } from './import-state.ts';

/** Words shown at first; a file with a thousand would make a page nobody reads. */
const shownAtFirst = 25;

/** The file's words for what happened, each with the category it is kept as; those not known come first. */
export function WordsTable({ words }: Pick<Trial, 'words'>) {
  const [all, setAll] = useState(false);
  if (words.length === 0) return null;
  const byHand = mappedWords.value;
  const unknown = words.filter(({ word, code }) => code === null && byHand[word] === undefined);
  const ordered = [...words.filter(({ code }) => code === null), ...words.filter(({ code }) => code !== null)];
  const shown = all ? ordered : ordered.slice(0, shownAtFirst);
  return (
    <>
      <h3>What happened, in the file’s words</h3>
      <p data-unknown-words={unknown.length}>{sentence(unknown.length, sum(unknown))}</p>
      <table class="numbers words">
        <thead>
          <tr>
            <th scope="col">Word in the file</th>
            <th scope="col">Rows</th>
            <th scope="col">Kept as</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ word, count, code }) => (
            <tr key={word}>
              <th scope="row">{word === '' ? <span class="muted">empty</span> : word}</th>
              <td>{formatCount(count)}</td>
              <td>
                <CategoryChoice
                  label={`Category of “${word}”`}
                  categories={taxonomy.state.value.data?.categories ?? []}
                  value={byHand[word] ?? code}
                  onChoose={(chosen) => mapWord(word, chosen === code ? null : chosen)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < ordered.length && (
        <button type="button" class="link-button" onClick={() => setAll(true)}>
          Show all {formatCount(ordered.length)} words
        </button>
      )}
    </>
  );
}

function sentence(unknown: number, rows: number): string {
  if (unknown === 0) return 'Every word has its category.';
  const [words, they] = unknown === 1 ? ['1 word has', 'it'] : [`${formatCount(unknown)} words have`, 'each'];
  return `${words} no category yet (${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}). Give ${they} one; what is left is kept as “Unmapped”.`;
}

function sum(words: readonly { readonly count: number }[]): number {
  return words.reduce((total, { count }) => total + count, 0);
}
