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
  if (!shown) return <Select {...rest} />;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the select in it
    <label>
      <span>{shown}</span>
      <Select {...rest} />
    </label>
  );
}

function Select({ label, value, columns, none, describedBy, invalid = false, onChoose }: Omit<Props, 'shown'>) {
  const absent = value !== '' && !columns.includes(value);
  return (
    <select
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
