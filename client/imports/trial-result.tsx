import type { Trial } from '../../server/import-model.ts';
import type { Catalog } from '../../server/model.ts';
import { formatRange } from '../format.ts';
import { FocusHeading } from './focus-heading.tsx';
import { outcomeSentence } from './outcome-words.ts';
import { PlacedTable } from './placed-table.tsx';
import { PointsMap } from './points-map.tsx';
import { ProblemsTable } from './problems-table.tsx';
import { WordsTable } from './words-table.tsx';

type Props = { readonly result: Trial; readonly catalog: Catalog };

/** What a trial run found: how many, when, where, what, and every problem. */
export function TrialResult({ result, catalog }: Props) {
  const { firstDay, lastDay } = result;
  return (
    <>
      <FocusHeading id="trial-result">What the trial run found</FocusHeading>
      <p class="headline">{outcomeSentence(result, false)}</p>
      {firstDay && lastDay && <p>The incidents are of {formatRange(firstDay, lastDay)}.</p>}
      <Dates result={result} />
      <h3>Where they would be</h3>
      <div class="where">
        <PlacedTable placed={result.placed} />
        <PointsMap points={result.points} catalog={catalog} />
      </div>
      <ProblemsTable problems={result.problems} />
      <WordsTable words={result.words} />
    </>
  );
}

function Dates({ result }: { readonly result: Trial }) {
  if (result.dates.length === 0) return null;
  return (
    <>
      <h3>How dates are read</h3>
      <ul class="plain-list">
        {result.dates.map(({ column, text, meaning, understood }) => (
          <li key={`${column} ${text}`} class={understood ? undefined : 'field-error'}>
            {understood ? `${text} is ${meaning}` : `“${text}” is not understood: ${meaning}`}
          </li>
        ))}
      </ul>
    </>
  );
}
