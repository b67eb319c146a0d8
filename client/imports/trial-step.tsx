import type { Catalog } from '../../server/model.ts';
import { formatCount } from '../format.ts';
import { focusHeading } from './focus-heading.tsx';
import { mapped, preview, runTrial, showGaps, trial, trialIsCurrent } from './import-state.ts';
import { mappingGaps } from './mapping-gaps.ts';
import { Problem, RunProgress } from './run-progress.tsx';
import { Step } from './step.tsx';
import { TrialResult } from './trial-result.tsx';

/** Step 3: the mapping is tried on the whole file; nothing is stored. */
export function TrialStep({ catalog }: { readonly catalog: Catalog }) {
  const { phase, job, error } = trial.state.value;
  const running = phase === 'running' || phase === 'cancelling';
  const waitsFor = mapped.value
    ? null
    : 'The whole file is read here without storing anything, and every problem is shown.';
  const stale = phase === 'done' && !trialIsCurrent.value;
  return (
    <Step number={3} id="step-trial" title="Trial run" waitsFor={waitsFor}>
      {stale && <p>The mapping has changed since the trial run. Run it again to see what that does.</p>}
      {!running && <TrialButton again={phase !== 'none'} stale={stale} />}
      {running && (
        <RunProgress
          label="Reading the whole file"
          share={job?.share ?? null}
          note={job && `${formatCount(job.rowsRead)} rows so far`}
          cancelLabel="Cancel the trial run"
          cancelling={phase === 'cancelling'}
          onCancel={trial.cancel}
        />
      )}
      {phase === 'failed' && <Problem title="The trial run could not be finished">{error}</Problem>}
      {phase === 'cancelled' && <p>The trial run was cancelled. Nothing was stored.</p>}
      {phase === 'done' && job?.trial && (
        <div class={stale ? 'stale' : undefined}>
          <TrialResult result={job.trial} catalog={catalog} />
        </div>
      )}
    </Step>
  );
}

function TrialButton({ again, stale }: { readonly again: boolean; readonly stale: boolean }) {
  const gaps = Object.values(gapsNow());
  return (
    <>
      {showGaps.value && gaps.length > 0 && (
        <div class="notice error" role="alert">
          <p>
            <strong>The mapping is not complete.</strong>
          </p>
          <ul>
            {gaps.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      <button type="button" class={again && !stale ? 'button secondary' : 'button'} onClick={tryMapping}>
        {again ? 'Run the trial again' : 'Run the trial'}
      </button>
    </>
  );
}

function gapsNow() {
  const [now, data] = [mapped.value, preview.value.data];
  return now && data ? mappingGaps(now.mapping, data.columns) : {};
}

function tryMapping(): void {
  const incomplete = Object.keys(gapsNow()).length > 0;
  showGaps.value = incomplete;
  if (incomplete) {
    // Once the marks are drawn.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.field.wrong :is(select, input)')?.focus());
    return;
  }
  focusHeading('step-trial');
  void runTrial().then(() => {
    if (trial.state.value.phase === 'done') focusHeading('trial-result');
  });
}
