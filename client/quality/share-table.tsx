import { formatCount, formatShare } from '../format.ts';

type Row = { readonly label: string; readonly count: number };
type Props = {
  readonly caption: string;
  readonly head: string;
  readonly counted: string;
  readonly rows: readonly Row[];
  /** What the shares are of. */
  readonly whole: number;
};

/** Counts with their shares, as numbers and as bars. */
export function ShareTable({ caption, head, counted, rows, whole }: Props) {
  return (
    <table class="numbers shares">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{counted}</th>
          <th scope="col">Share</th>
          <td class="bar-cell" />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, count }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{formatCount(count)}</td>
            <td>{formatShare(count, whole)}</td>
            <td class="bar-cell" aria-hidden="true">
              <span class="share-bar" style={{ width: `${whole > 0 ? (100 * count) / whole : 0}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
