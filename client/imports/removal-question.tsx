import { useEffect, useState } from 'preact/hooks';
import type { ImportSummary, Removal } from '../../server/import-model.ts';
import { NumbersTable } from '../charts/numbers-table.tsx';
import { formatCount, formatMonth } from '../format.ts';
import { FocusHeading, focusHeading } from './focus-heading.tsx';
import { fetchRemoval, removeImport } from './import-requests.ts';
import { askAgain } from './import-state.ts';
import { messageOf } from './job-runner.ts';
import { removalSentences, removedSentence } from './removal-words.ts';
import { Problem } from './run-progress.tsx';

type Props = { readonly summary: ImportSummary; readonly onEnd: (told: string | null) => void };

/** Says what removing an import would do, and asks once, in its place. */
export function RemovalQuestion({ summary: { id, fileName }, onEnd }: Props) {
  const [effect, setEffect] = useState<Removal | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    focusHeading(`removal-${id}`);
    fetchRemoval(id, controller.signal)
      .then(setEffect)
      .catch((error: unknown) => !controller.signal.aborted && setProblem(messageOf(error)));
    return () => controller.abort();
  }, [id]);
  const remove = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const removal = await removeImport(id);
      askAgain();
      onEnd(removedSentence(removal));
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <div class="notice removal">
      <FocusHeading id={`removal-${id}`}>Remove {fileName}?</FocusHeading>
      {!effect && !problem && <p class="muted">Looking what that would change</p>}
      {problem && <Problem title="That did not work">{problem}</Problem>}
      {effect && <Effect removal={effect} />}
      <button type="button" class="button danger" disabled={!effect} aria-disabled={busy} onClick={() => void remove()}>
        {busy ? 'Removing' : 'Remove the import'}
      </button>
      <button type="button" class="button secondary" onClick={() => onEnd(null)}>
        Keep it
      </button>
    </div>
  );
}

function Effect({ removal }: { readonly removal: Removal }) {
  const months = removal.months.filter(({ removed }) => removed > 0);
  return (
    <div role="status">
      <ul class="plain-list">
        {removalSentences(removal).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {months.length > 0 && (
        <details>
          <summary>Incidents that go, by month</summary>
          <NumbersTable
            columns={['Month', 'Incidents']}
            rows={months.map(({ month, removed }) => ({ name: formatMonth(month), numbers: [formatCount(removed)] }))}
          />
        </details>
      )}
    </div>
  );
}
