import type { PlacedCounts } from '../../server/import-model.ts';
import { NumbersTable } from '../charts/numbers-table.tsx';
import { formatCount, formatShare } from '../format.ts';
import { hitRateOf, hitRateSentence, placedRows } from './outcome-words.ts';

/** How incidents were placed, as a table, and what that means for a map. */
export function PlacedTable({ placed }: { readonly placed: PlacedCounts }) {
  const rows = placedRows(placed);
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <div>
      <NumbersTable
        caption="How the incidents are placed"
        columns={['Placed', 'Incidents', 'Share']}
        rows={rows.map(({ label, count }) => ({ name: label, numbers: [formatCount(count), formatShare(count, all)] }))}
      />
      <p class="note">{hitRateSentence(hitRateOf(placed))}</p>
    </div>
  );
}
