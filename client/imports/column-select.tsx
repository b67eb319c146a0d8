import { useId } from 'preact/hooks';

type Props = {
  readonly label: string;
  /** The label as it is written above; without it something else on the page shows it. */
  readonly shown?: string;
  readonly value: string;
  readonly columns: readonly string[];
  /** What choosing no column is called. */
  readonly none: string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly onChoose: (column: string) => void;
};

/** A choice of one of the file's columns; one that a profile names and the file lacks is shown as what it is. */
export function ColumnSelect({ shown, ...rest }: Props) {
  const id = useId();
  if (!shown) return <Select id={id} {...rest} />;
  return (
    <label htmlFor={id}>
      <span>{shown}</span>
      <Select id={id} {...rest} />
    </label>
  );
}

type SelectProps = Omit<Props, 'shown'> & { readonly id: string };

function Select({ id, label, value, columns, none, describedBy, invalid = false, onChoose }: SelectProps) {
  const absent = value !== '' && !columns.includes(value);
  return (
    <select
      id={id}
      class="select"
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">{none}</option>
      {absent && <option value={value}>{value} (not in this file)</option>}
      {columns.map((column) => (
        <option key={column} value={column}>
          {column}
        </option>
      ))}
    </select>
  );
}
