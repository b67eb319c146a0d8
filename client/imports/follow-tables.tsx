import { ScrollRegion } from '../charts/scroll-region.tsx';
import { formatCount } from '../format.ts';
import { FocusHeading, focusHeading } from './focus-heading.tsx';
import { file } from './import-state.ts';
import { type Following, followingNow, followRunner, importOthers, others } from './other-tables.ts';
import { RunProgress } from './run-progress.tsx';

/** After the first file of a zip: the others like it, imported the same way on request. */
export function FollowTables() {
  const state = file.value;
  const names = others.value;
  if (state.phase !== 'held' || names.length === 0) return null;
  const now = followingNow.value;
  if (!now) return <Offer names={names} />;
  const { phase, job } = followRunner.state.value;
  const running = now.done.length < now.tables.length && !now.cancelled;
  return running ? (
    <RunProgress
      label={`Importing ${now.done.length + 1} of ${now.tables.length}: ${now.tables[now.done.length] ?? ''}`}
      share={(now.done.length + (job?.share ?? 0)) / now.tables.length}
      note="Each file is stored as it is done."
      cancelLabel="Cancel those still to come"
      cancelling={phase === 'cancelling'}
      onCancel={followRunner.cancel}
    />
  ) : (
    <Outcome now={now} />
  );
}

function Offer({ names }: { readonly names: readonly string[] }) {
  const count = names.length;
  return (
    <>
      <p>
        The zip holds {formatCount(count)} more {count === 1 ? 'file' : 'files'} like this one: {listed(names)}.
      </p>
      <button
        type="button"
        class="button secondary"
        onClick={() => void importOthers().then(() => focusHeading('follow-report'))}
      >
        Import {count === 1 ? 'it' : `the other ${formatCount(count)}`} the same way
      </button>
    </>
  );
}

const mostListed = 3;

function listed(names: readonly string[]): string {
  const short = names.slice(0, mostListed).map((name) => name.split('/').at(-1));
  return names.length > mostListed ? `${short.join(', ')} and others` : short.join(' and ');
}

/** What became of each, as a table. */
function Outcome({ now }: { readonly now: Following }) {
  const count = now.done.filter(({ summary }) => summary).length;
  return (
    <>
      <FocusHeading id="follow-report">
        {formatCount(count)} of {formatCount(now.tables.length)} other{' '}
        {now.tables.length === 1 ? 'file is' : 'files are'} in
      </FocusHeading>
      {now.cancelled && <p>The rest was cancelled. Nothing of it is stored.</p>}
      <ScrollRegion class="scroll-table" label="The other files">
        <table class="numbers problems">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">What came of it</th>
            </tr>
          </thead>
          <tbody>
            {now.done.map(({ name, summary, error }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  {summary
                    ? `${formatCount(summary.added)} added, ${formatCount(summary.changed)} changed, ${formatCount(summary.unchanged)} as before, ${formatCount(summary.rejected)} rejected`
                    : error}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}
