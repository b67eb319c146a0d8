/** Places from the fullest down: what concentration lists and names. */
import type { ConcentrationAnswer } from '../analyses-model.ts';

export type CountedPlace = { readonly code: string; readonly name?: string; readonly count: number };
export type RankedPlace = ConcentrationAnswer['top']['list'][number];

/** Places with any incidents, the fullest first and equals in order of code; equal counts share a rank. */
export function rankPlaces(places: readonly CountedPlace[]): RankedPlace[] {
  const full = places.filter(({ count }) => count > 0);
  full.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  const total = full.reduce((sum, { count }) => sum + count, 0);
  let held = 0;
  let rank = 0;
  return full.map((place, at) => {
    held += place.count;
    if (place.count !== full[at - 1]?.count) rank = at + 1;
    return { rank, ...place, share: place.count / total, cumulativeShare: held / total };
  });
}
