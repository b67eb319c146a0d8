import type { Catalog } from '../../server/model.ts';
import { formatCount } from '../format.ts';
import { focusHeading } from './focus-heading.tsx';
import { FollowTables } from './follow-tables.tsx';
import { ImportReport } from './import-report.tsx';
import { importing, runImport, trial, trialIsCurrent } from './import-state.ts';
import { outcomeSentence } from './outcome-words.ts';
import { Problem, RunProgress } from './run-progress.tsx';
import { SaveProfile } from './save-profile.tsx';
import { Step } from './step.tsx';

/** Step 4: the import itself, its report, and the mapping kept for the next file. */
export function ImportStep({ catalog }: { readonly catalog: Catalog }) {
  const { phase, job, error } = importing.state.value;
  const found = trialIsCurrent.value ? (trial.state.value.job?.trial ?? null) : null;
  const running = phase === 'running' || phase === 'cancelling';
  const waitsFor =
    found || phase !== 'none' ? null : 'The incidents are stored here, once a trial run has shown what would happen.';
  return (
    <Step number={4} id="step-import" title="Import" waitsFor={waitsFor}>
      {found && phase !== 'done' && !running && <Begin accepted={found.accepted} rejected={found.rejected} />}
      {running && (
        <RunProgress
          label="Importing"
          share={job?.share ?? null}
          note={job && `${formatCount(job.rowsRead)} rows so far. The map shows them once all are in.`}
          cancelLabel="Cancel the import"
          cancelling={phase === 'cancelling'}
          onCancel={importing.cancel}
        />
      )}
      {phase === 'failed' && (
        <Problem title="The import could not be finished. Nothing of it is stored.">{error}</Problem>
      )}
      {phase === 'cancelled' && <p>The import was cancelled. Nothing of it is stored.</p>}
      {phase === 'done' && job?.import && <ImportReport summary={job.import} trial={found} catalog={catalog} />}
      {phase === 'done' && <FollowTables />}
      {(found || phase === 'done') && <SaveProfile />}
    </Step>
  );
}

function Begin({ accepted, rejected }: { readonly accepted: number; readonly rejected: number }) {
  if (accepted === 0)
    return <p>No row would be accepted, so there is nothing to import. The problems above say why.</p>;
  const begin = () => {
    focusHeading('step-import');
    void runImport().then(() => {
      if (importing.state.value.phase === 'done') focusHeading('import-report');
    });
  };
  return (
    <>
      {rejected > 0 && (
        <p>
          {outcomeSentence({ rowsRead: accepted + rejected, accepted, rejected }, false)} Rejected rows can be fetched
          as a file, mended and imported again.
        </p>
      )}
      <button type="button" class="button" onClick={begin}>
        Import {formatCount(accepted)} {accepted === 1 ? 'incident' : 'incidents'}
      </button>
    </>
  );
}
