import { acceptableHitRate, type PlacedCounts } from '../../server/import-model.ts';
import { formatCount, formatShare } from '../format.ts';

/** How many rows go which way, in one sentence. */
export function outcomeSentence(
  outcome: { rowsRead: number; accepted: number; rejected: number },
  done: boolean,
): string {
  const { rowsRead, accepted, rejected } = outcome;
  const rows = `${formatCount(rowsRead)} ${rowsRead === 1 ? 'row' : 'rows'} read`;
  if (rowsRead === 0) return 'The file has no rows.';
  const taken = done ? 'accepted' : 'would be accepted';
  if (rejected === 0) return `${rows}: all ${taken}.`;
  const refused = done ? 'rejected' : 'would be rejected';
  return `${rows}: ${formatCount(accepted)} ${taken}, ${formatCount(rejected)} ${refused}.`;
}

/** The ways incidents were placed, those that occur, in words. */
export function placedRows(placed: PlacedCounts): { readonly label: string; readonly count: number }[] {
  const rows = [
    { label: 'From coordinates', count: placed.coordinates },
    { label: 'From the postcode', count: placed.postcode },
    { label: 'From the street name', count: placed.street },
    { label: 'Only as far as the area', count: placed.areaOnly },
    { label: 'Not placed', count: placed.none },
  ];
  return rows.filter(({ count }) => count > 0);
}

/** The share of incidents with a point; null without incidents. */
export function hitRateOf(placed: PlacedCounts): number | null {
  const points = placed.coordinates + placed.postcode + placed.street;
  const all = points + placed.areaOnly + placed.none;
  return all === 0 ? null : points / all;
}

/** What a hit rate means for a hot spot map. */
export function hitRateSentence(rate: number | null, acceptable: number = acceptableHitRate): string {
  if (rate === null) return 'There are no incidents to place.';
  const share = rate === 0 ? 'None' : formatShare(rate, 1);
  const percent = `${Math.round(100 * acceptable)}%`;
  if (rate >= acceptable)
    return `${share} have a point on the map, at or above the ${percent} that is the field’s first estimate for a reliable map of hot spots.`;
  return `${share} have a point on the map, below the ${percent} that is the field’s first estimate for a reliable map of hot spots.`;
}
