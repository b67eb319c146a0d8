import { useMemo, useState } from 'preact/hooks';
import type { Trial } from '../../server/import-model.ts';
import { formatCount } from '../format.ts';
import { CategoryChoice } from './category-choice.tsx';
import { categoryOptions } from './category-options.ts';
import { taxonomy } from './import-requests.ts';
import { words as mappedWords, mapWord } from './import-state.ts';
import { unknownRows, type WordRow, wordRows } from './word-rows.ts';

/** Words shown at first; a file with a thousand would make a page nobody reads. */
const shownAtFirst = 25;

/** The file's words for what happened, each with the category it is kept as; those not known come first. */
export function WordsTable({ words }: Pick<Trial, 'words'>) {
  const [all, setAll] = useState(false);
  const rows = useMemo(() => wordRows(words), [words]);
  if (rows.length === 0) return null;
  const unknown = unknownRows(rows, mappedWords.value);
  const shown = all ? rows : rows.slice(0, shownAtFirst);
  return (
    <>
      <h3>What happened, in the file’s words</h3>
      <p data-unknown-words={unknown.words}>{sentence(unknown.words, unknown.rows)}</p>
      <table class="numbers words">
        <thead>
          <tr>
            <th scope="col">Word in the file</th>
            <th scope="col">Rows</th>
            <th scope="col">Kept as</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.word}>
              <th scope="row">{row.word === '' ? <span class="muted">empty</span> : row.word}</th>
              <td>{formatCount(row.count)}</td>
              <td>{row.kept.length > 1 ? <KeptByRules row={row} /> : <Choice row={row} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <button type="button" class="link-button" onClick={() => setAll(true)}>
          Show all {formatCount(rows.length)} words
        </button>
      )}
    </>
  );
}

function Choice({ row: { word, kept } }: { readonly row: WordRow }) {
  const code = kept[0]?.code ?? null;
  return (
    <CategoryChoice
      label={`Category of “${word}”`}
      categories={taxonomy.state.value.data?.categories ?? []}
      value={mappedWords.value[word] ?? code}
      onChoose={(chosen) => mapWord(word, chosen === code ? null : chosen)}
    />
  );
}

/** Where the rules of a profile look at other columns too, one word has several categories: they are told, not asked. */
function KeptByRules({ row }: { readonly row: WordRow }) {
  const paths = new Map(
    categoryOptions(taxonomy.state.value.data?.categories ?? []).map(({ code, path }) => [code, path]),
  );
  return (
    <details>
      <summary>{row.kept.length} categories, told apart by the rules of the profile</summary>
      <ul class="kept">
        {row.kept.map(({ code, count }) => (
          <li key={code}>
            {formatCount(count)} as {code === null ? 'Unmapped' : (paths.get(code) ?? code)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function sentence(words: number, rows: number): string {
  if (words === 0) return 'Every word has its category.';
  const [found, they] = words === 1 ? ['1 word has', 'it'] : [`${formatCount(words)} words have`, 'each'];
  return `${found} no category yet (${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}). Give ${they} one; what is left is kept as “Unmapped”.`;
}
