import { type Numbers, nonNegativeValues } from './check-input.ts';

export type LorenzPoint = { readonly shareOfPlaces: number; readonly shareOfIncidents: number };

/**
 * The Lorenz curve: the share of incidents held by each share of places, from the emptiest place up.
 *
 * Starts at (0, 0), ends at (1, 1). Places with equal counts lie on one straight line, of which only the ends are given,
 * so 100,000 cells make a short list. Null when there are no incidents. Throws InputError on negative counts.
 */
export function lorenz(counts: Numbers): readonly LorenzPoint[] | null {
  const x = nonNegativeValues('counts', counts).sort();
  const total = x.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const points: LorenzPoint[] = [{ shareOfPlaces: 0, shareOfIncidents: 0 }];
  let held = 0;
  x.forEach((value, at) => {
    held += value;
    if (at === x.length - 1) points.push({ shareOfPlaces: 1, shareOfIncidents: 1 });
    else if (value !== x[at + 1]) points.push({ shareOfPlaces: (at + 1) / x.length, shareOfIncidents: held / total });
  });
  return points;
}
