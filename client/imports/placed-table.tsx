import type { PlacedCounts } from '../../server/import-model.ts';
import { formatCount, formatShare } from '../format.ts';
import { hitRateOf, hitRateSentence, placedRows } from './outcome-words.ts';

/** How incidents were placed, as a table, and what that means for a map. */
export function PlacedTable({ placed }: { readonly placed: PlacedCounts }) {
  const rows = placedRows(placed);
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <div>
      <table class="numbers">
        <caption class="visually-hidden">How the incidents are placed</caption>
        <thead>
          <tr>
            <th scope="col">Placed</th>
            <th scope="col">Incidents</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, count }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{formatCount(count)}</td>
              <td>{formatShare(count, all)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">{hitRateSentence(hitRateOf(placed))}</p>
    </div>
  );
}
