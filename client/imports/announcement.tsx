import { file, importing, preview, trial } from './import-state.ts';
import type { RunState } from './job-runner.ts';
import { outcomeSentence } from './outcome-words.ts';

/** Says how far the page is to those who do not see it change. */
export function Announcement() {
  return (
    <p class="visually-hidden" role="status">
      {runText(importing.state.value, 'import') || runText(trial.state.value, 'trial run') || fileText()}
    </p>
  );
}

function fileText(): string {
  if (file.value.phase === 'sending') return `Sending ${file.value.name}.`;
  const { data, loading } = preview.value;
  if (loading) return 'Reading the first rows.';
  return data ? `The file is read: ${data.columns.length} columns.` : '';
}

function runText({ phase, job }: RunState, name: string): string {
  if (phase === 'running') return `The ${name} has begun.`;
  if (phase === 'cancelled') return `The ${name} was cancelled.`;
  const outcome = job?.import ?? job?.trial;
  return phase === 'done' && outcome ? `The ${name} is done. ${outcomeSentence(outcome, name === 'import')}` : '';
}
