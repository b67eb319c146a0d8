import { signal } from '@preact/signals';
import type { ImportSummary } from '../../server/import-model.ts';
import { formatCount, formatIncidents } from '../format.ts';
import { PageLink } from '../pages/page-link.tsx';
import { FocusHeading } from './focus-heading.tsx';
import { formatMoment } from './format-moment.ts';
import { RejectsLink } from './import-report.tsx';
import { importList } from './import-requests.ts';
import { RemovalQuestion } from './removal-question.tsx';
import { Problem } from './run-progress.tsx';

/** The import whose removal is asked about. */
const asking = signal<number | null>(null);
/** What a removal has done, said once and left to be read. */
const done = signal('');

/** All imports, the newest first, each with its figures and the way to undo it. */
export function ImportsList() {
  const { data, error } = importList.state.value;
  return (
    <section class="step imports" aria-labelledby="imports-title">
      <FocusHeading id="imports-title" level={2}>
        Imports so far
      </FocusHeading>
      <p role="status" class={done.value ? 'notice' : undefined}>
        {done.value}
      </p>
      {error && <Problem title="The list of imports could not be loaded">{error.message}</Problem>}
      {data && data.imports.length === 0 && <p class="muted">None yet.</p>}
      {data && (
        <ul>
          {data.imports.map((one) => (
            <li key={one.id} class={one.removedAt ? 'import removed' : 'import'}>
              <ImportRow summary={one} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ImportRow({ summary }: { readonly summary: ImportSummary }) {
  const { id, fileName, source, finishedAt, removedAt, rejected } = summary;
  return (
    <>
      <p>
        <strong>{fileName}</strong>{' '}
        <span class="muted">
          {source}, {formatMoment(finishedAt)}
        </span>
      </p>
      {removedAt ? (
        <p class="muted">Removed on {formatMoment(removedAt)}.</p>
      ) : (
        <>
          <p>{figuresOf(summary)}</p>
          <div class="import-actions">
            <PageLink page="quality" change={{ report: { kind: 'import', id } }}>
              Quality<span class="visually-hidden"> of {fileName}</span>
            </PageLink>
            {rejected > 0 && <RejectsLink id={id} rejected={rejected} />}
            {asking.value !== id && <RemoveButton summary={summary} />}
          </div>
          {asking.value === id && <RemovalQuestion summary={summary} onEnd={(text) => endRemoval(text)} />}
        </>
      )}
    </>
  );
}

function RemoveButton({ summary: { id, fileName } }: { readonly summary: ImportSummary }) {
  const ask = () => {
    done.value = '';
    asking.value = id;
  };
  return (
    <button type="button" class="link-button danger" id={`remove-${id}`} onClick={ask}>
      Remove…<span class="visually-hidden"> {fileName}</span>
    </button>
  );
}

/** Without a text the import is kept, and the focus goes back to where the question was asked. */
function endRemoval(text: string | null): void {
  const id = asking.value;
  asking.value = null;
  done.value = text ?? '';
  const target = text === null ? `remove-${id}` : 'imports-title';
  requestAnimationFrame(() => document.getElementById(target)?.focus());
}

function figuresOf({ added, changed, unchanged, rejected, unlocated }: ImportSummary): string {
  const parts = [
    `${formatIncidents(added)} added`,
    changed > 0 && `${formatCount(changed)} changed`,
    unchanged > 0 && `${formatCount(unchanged)} as before`,
    rejected > 0 && `${formatCount(rejected)} rejected`,
    unlocated > 0 && `${formatCount(unlocated)} without a point`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}
