import { useEffect, useRef, useState } from 'preact/hooks';
import { formatCount } from '../format.ts';
import { FirstRows } from './first-rows.tsx';
import { focusHeading } from './focus-heading.tsx';
import { chooseFile, file, preview, startAgain } from './import-state.ts';
import { Problem, RunProgress } from './run-progress.tsx';
import { Step } from './step.tsx';

/** Step 1: a file is dropped or chosen, sent, and its first rows are shown. */
export function FileStep() {
  const state = file.value;
  const { loading, error } = preview.value;
  return (
    <Step number={1} id="step-file" title="File">
      {state.phase === 'sending' ? (
        <RunProgress
          label={`Sending ${state.name}, ${formatBytes(state.bytes)}`}
          share={state.share}
          note={state.share === 1 ? 'All of it is sent. The service looks what is in it.' : undefined}
          cancelLabel="Cancel sending"
          onCancel={cancelSending}
        />
      ) : (
        <Chooser />
      )}
      {state.phase === 'failed' && <Problem title={`${state.name} cannot be used`}>{state.error}</Problem>}
      {error && <Problem title="The file cannot be read">{error}</Problem>}
      {state.phase === 'held' && !loading && <FirstRows upload={state.upload} />}
      {loading && <p class="muted">Reading the first rows</p>}
    </Step>
  );
}

function cancelSending(): void {
  startAgain();
  focusHeading('step-file');
}

const kinds = { csv: 'CSV', xlsx: 'Excel workbook', geojson: 'GeoJSON', zip: 'zip file' };

/** Where a file is dropped, and the button for those who do not drop. */
function Chooser() {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const state = file.value;
  useEffect(keepBrowserFromOpening, []);
  const take = (chosen: File | undefined) => {
    setOver(false);
    if (chosen) void chooseFile(chosen).then(focusOutcome);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the button in it does the same
    <div
      class={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer?.files[0]);
      }}
    >
      {state.phase === 'held' && (
        <p class="held-file">
          <strong>{state.upload.name}</strong>{' '}
          <span class="muted">
            {formatBytes(state.upload.bytes)}, {kinds[state.upload.kind]}
          </span>
        </p>
      )}
      <button
        type="button"
        class={state.phase === 'held' ? 'button secondary' : 'button'}
        onClick={() => input.current?.click()}
      >
        {state.phase === 'held' ? 'Choose another file' : 'Choose a file'}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.txt,.tsv,.xlsx,.geojson,.json,.zip"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          // The same file chosen again after a change is a choice too.
          event.currentTarget.value = '';
        }}
      />
      <p class="muted">
        {state.phase === 'held'
          ? 'Or drop one here.'
          : 'Or drop it here. CSV, Excel (XLSX), GeoJSON, or a zip of CSV files.'}
      </p>
    </div>
  );
}

function focusOutcome(): void {
  if (preview.value.data) focusHeading('first-rows');
}

/** A file dropped beside the place for it would make the browser leave the page. */
function keepBrowserFromOpening(): () => void {
  const prevent = (event: DragEvent) => event.preventDefault();
  window.addEventListener('dragover', prevent);
  window.addEventListener('drop', prevent);
  return () => {
    window.removeEventListener('dragover', prevent);
    window.removeEventListener('drop', prevent);
  };
}

/** The size of a file: `312 bytes`, `204 kB`, `1.4 MB`. */
function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${formatCount(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
