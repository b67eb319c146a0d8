import type { Catalog } from '../../server/model.ts';
import { formatMoment } from '../imports/format-moment.ts';
import { importList } from '../imports/import-requests.ts';
import { navigate } from '../state.ts';
import type { ReportSubject } from '../view.ts';
import { reportUrl, subject } from './quality-data.ts';

/** What the report is of: a source as a whole, or one import. */
export function ReportChooser({ catalog }: { readonly catalog: Catalog }) {
  const imports = (importList.state.value.data?.imports ?? []).filter(({ removedAt }) => removedAt === null);
  const choose = (text: string) => {
    const at = text.indexOf(':');
    const [kind, value] = [text.slice(0, at), text.slice(at + 1)];
    navigate({ report: kind === 'import' ? { kind, id: Number(value) } : { kind: 'source', name: value } });
  };
  return (
    <div class="field-row report-chooser">
      <label class="field-stack">
        <span>Report on</span>
        <select
          class="select"
          value={subject.value ? keyOf(subject.value) : ''}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <optgroup label="A source as a whole">
            {catalog.sources.map(({ name }) => (
              <option key={name} value={keyOf({ kind: 'source', name })}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="One import">
            {imports.map(({ id, fileName, finishedAt }) => (
              <option key={id} value={keyOf({ kind: 'import', id })}>
                {fileName}, {formatMoment(finishedAt)}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <button type="button" class="button secondary" onClick={() => window.print()}>
        Print
      </button>
      {reportUrl.value && <a href={reportUrl.value}>The same as JSON</a>}
    </div>
  );
}

function keyOf(of: ReportSubject): string {
  return of.kind === 'import' ? `import:${of.id}` : `source:${of.name}`;
}
