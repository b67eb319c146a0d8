import type { ImportSummary, Trial } from '../../server/import-model.ts';
import type { Catalog } from '../../server/model.ts';
import { formatCount } from '../format.ts';
import { PageLink } from '../pages/page-link.tsx';
import { FocusHeading } from './focus-heading.tsx';
import { words } from './import-state.ts';
import { mapChange } from './map-of-import.ts';
import { outcomeSentence } from './outcome-words.ts';

type Props = { readonly summary: ImportSummary; readonly trial: Trial | null; readonly catalog: Catalog };

/** What an import did, and where to go from here. */
export function ImportReport({ summary, trial, catalog }: Props) {
  const { id, fileName, rejected } = summary;
  return (
    <>
      <FocusHeading id="import-report">{fileName} is in</FocusHeading>
      <p class="headline">{outcomeSentence(summary, true)}</p>
      <ImportFigures summary={summary} />
      <ul class="links">
        <li>
          <PageLink page="map" change={mapChange(trial, words.value, catalog)}>
            See it on the map
          </PageLink>
        </li>
        <li>
          <PageLink page="quality" change={{ report: { kind: 'import', id } }}>
            Report on its quality
          </PageLink>
        </li>
        {rejected > 0 && (
          <li>
            <RejectsLink id={id} rejected={rejected} />
          </li>
        )}
      </ul>
    </>
  );
}

/** What became of the rows that were accepted. */
function ImportFigures({ summary }: { readonly summary: ImportSummary }) {
  const { added, changed, unchanged, unlocated } = summary;
  const figures: [string, number][] = [
    ['Added', added],
    ['Changed', changed],
    ['As before', unchanged],
    ['Without a point on the map', unlocated],
  ];
  return (
    <dl class="figures">
      {figures.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The rows that were rejected, as a file with a reason to each. */
export function RejectsLink({ id, rejected }: { readonly id: number; readonly rejected: number }) {
  return (
    <a href={`/api/imports/${id}/rejects.csv`} download>
      {formatCount(rejected)} rejected {rejected === 1 ? 'row' : 'rows'} as CSV
    </a>
  );
}
