type Row = { readonly name: string; readonly numbers: readonly string[]; readonly muted?: boolean };
type Props = {
  /** Said where nothing beside the table does. */
  readonly caption?: string;
  readonly columns: readonly string[];
  /** Rows of different names. */
  readonly rows: readonly Row[];
};

/** A table of numbers: each row begins with what they are of. */
export function NumbersTable({ caption, columns, rows }: Props) {
  return (
    <table class="numbers">
      {caption && <caption class="visually-hidden">{caption}</caption>}
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, numbers, muted }) => (
          <tr key={name} class={muted ? 'muted' : undefined}>
            <th scope="row">{name}</th>
            {numbers.map((number, index) => (
              <td key={columns[index + 1]}>{number}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
