import type { ProposedUse } from '../../server/import-model.ts';
import { exampleOf, reasonOf } from './column-reasons.ts';
import { ColumnSelect } from './column-select.tsx';
import { Field } from './field.tsx';
import { preview } from './import-state.ts';

type Props = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly uses: readonly NonNullable<ProposedUse['use']>[];
  readonly values: readonly string[];
  /** Whether it may stay empty. */
  readonly optional?: boolean;
  readonly error?: string | undefined;
  readonly onChange: (columns: readonly string[]) => void;
};

/** A meaning that one column gives, or several joined by a space. */
export function ColumnsField({ id, label, hint, uses, values, optional, error, onChange }: Props) {
  const { data } = preview.value;
  if (!data) return null;
  const shown = values.length > 0 ? values : [''];
  const example = exampleOf(data, values);
  const reason = reasonOf(data, values, uses);
  const set = (index: number, column: string) => {
    const next = shown.map((value, at) => (at === index ? column : value));
    // A joined column that is taken away leaves no gap; the first stays to be chosen again.
    onChange(next.filter((value, at) => value !== '' || (at === 0 && next.length === 1)).filter(Boolean));
  };
  return (
    <Field
      id={id}
      label={label}
      hint={hint}
      error={error}
      aside={
        (example || reason) && (
          <>
            {example && <p class="example">{example}</p>}
            {reason && <p>{reason}</p>}
          </>
        )
      }
    >
      {shown.map((value, index) => (
        <div class="joined" key={index}>
          {index > 0 && <span class="muted">and</span>}
          <ColumnSelect
            label={index === 0 ? label : `${label}, joined column ${index + 1}`}
            value={value}
            columns={data.columns}
            none={index > 0 ? 'Take this column away' : optional ? 'Not in this file' : 'Choose a column'}
            describedBy={error ? `${id}-error` : reason || example ? `${id}-aside` : undefined}
            invalid={Boolean(error)}
            onChoose={(column) => set(index, column)}
          />
        </div>
      ))}
      {values.length > 0 && <JoinButton label={label} values={values} columns={data.columns} onAdd={onChange} />}
    </Field>
  );
}

type JoinProps = {
  readonly label: string;
  readonly values: readonly string[];
  readonly columns: readonly string[];
  readonly onAdd: (columns: readonly string[]) => void;
};

/** Adds the column after the last one: parts of a date or an address stand side by side. */
function JoinButton({ label, values, columns, onAdd }: JoinProps) {
  const after = columns.indexOf(values.at(-1) ?? '') + 1;
  const next = [...columns.slice(after), ...columns].find((column) => !values.includes(column));
  if (next === undefined) return null;
  return (
    <button type="button" class="link-button" onClick={() => onAdd([...values, next])}>
      Join another column<span class="visually-hidden"> to: {label}</span>
    </button>
  );
}
