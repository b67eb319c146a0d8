import type { Preview, ReadingOptions, Upload } from '../../server/import-model.ts';
import { ScrollRegion } from '../charts/scroll-region.tsx';
import { formatCount } from '../format.ts';
import { FocusHeading, focusHeading } from './focus-heading.tsx';
import { preview, reading, readTable } from './import-state.ts';

type Props = { readonly upload: Upload };

const encodings = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16, little-endian',
  'utf-16be': 'UTF-16, big-endian',
} as const;
const delimiters = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Vertical bar' } as const;

/** The first rows of the table, and how it is read. */
export function FirstRows({ upload }: Props) {
  const { data } = preview.value;
  const isText = upload.kind === 'csv' || upload.kind === 'zip';
  return (
    <>
      <FocusHeading id="first-rows">First rows</FocusHeading>
      {upload.tables.length > 1 && <TableChoice upload={upload} />}
      {data && <RowsTable data={data} />}
      {isText && (
        <details class="reading" open={!data}>
          <summary>The letters or columns look wrong</summary>
          <div class="field-row">
            <Choice
              label="Encoding"
              names={encodings}
              found={data?.encoding ?? null}
              value={reading.value.encoding ?? ''}
              onChoose={(encoding) => choose({ encoding })}
            />
            <Choice
              label="Columns are divided by"
              names={delimiters}
              found={data?.delimiter ?? null}
              value={reading.value.delimiter ?? ''}
              onChoose={(delimiter) => choose({ delimiter })}
            />
          </div>
        </details>
      )}
    </>
  );
}

/** Reads anew with a changed choice; an empty one leaves it to the service. */
function choose(change: { [K in keyof ReadingOptions]?: ReadingOptions[K] | '' }): void {
  const all = Object.entries({ ...reading.value, ...change }).filter(([, value]) => value);
  void readTable(Object.fromEntries(all) as ReadingOptions).then(() => focusHeading('first-rows'));
}

function TableChoice({ upload }: Props) {
  return (
    <label class="field-stack">
      <span>{upload.kind === 'zip' ? 'File in the zip' : 'Sheet'}</span>
      <select
        class="select"
        value={reading.value.table ?? upload.tables[0]?.name}
        onChange={(event) => choose({ table: event.currentTarget.value })}
      >
        {upload.tables.map(({ name, rows }) => (
          <option key={name} value={name}>
            {name}
            {rows !== null && ` (${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'})`}
          </option>
        ))}
      </select>
    </label>
  );
}

type ChoiceProps<T extends string> = {
  readonly label: string;
  readonly names: Readonly<Record<T, string>>;
  readonly found: string | null;
  readonly value: T | '';
  readonly onChoose: (value: T | '') => void;
};

function Choice<T extends string>({ label, names, found, value, onChoose }: ChoiceProps<T>) {
  const foundName = found && ((names as Record<string, string>)[found] ?? found);
  return (
    <label class="field-stack">
      <span>{label}</span>
      <select class="select" value={value} onChange={(event) => onChoose(event.currentTarget.value as T | '')}>
        <option value="">{value === '' && foundName ? `As found: ${foundName}` : 'As found in the file'}</option>
        {(Object.entries(names) as [T, string][]).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function RowsTable({ data }: { readonly data: Preview }) {
  if (data.rows.length === 0) return <p>The table has column names and no rows.</p>;
  return (
    <ScrollRegion class="scroll-table" label="First rows of the file">
      <table class="rows">
        <thead>
          <tr>
            {data.columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.slice(0, shownRows).map((row, line) => (
            <tr key={line}>
              {data.columns.map((column, index) => (
                <td key={column}>{row[index] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const shownRows = 8;
