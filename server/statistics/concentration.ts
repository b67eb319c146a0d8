import { InputError } from '../errors.ts';
import { type Numbers, nonNegativeValues, requireWhole } from './check-input.ts';

export type ConcentrationShare = {
  readonly percentOfIncidents: number;
  readonly places: number;
  readonly shareOfAllPlaces: number;
  readonly shareOfPlacesWithIncidents: number;
};
export type Concentration = {
  readonly places: number;
  readonly placesWithIncidents: number;
  readonly incidents: number;
  /** Null when there are no incidents. */
  readonly shares: readonly ConcentrationShare[] | null;
};

/**
 * The fewest places, taken from the fullest down, that hold at least 25, 50 and 80 % of all incidents.
 *
 * Weisburd's (2015) way of putting the law of crime concentration; his 2.1 to 6 % of places for half of the crime are
 * street segments, not cells. Compared in whole numbers, 100 * held >= percent * total. `shares` is null when there are
 * no incidents. Throws InputError on negative counts and percentages outside 0 to 100.
 */
export function concentration(counts: Numbers, percentages: readonly number[] = [25, 50, 80]): Concentration {
  const held = heldByFullest(counts);
  const incidents = held.at(-1) ?? 0;
  const placesWithIncidents = Array.from(nonNegativeValues('counts', counts)).filter((count) => count > 0).length;
  const shareOf = (percent: number): ConcentrationShare => {
    if (!(percent > 0 && percent <= 100)) throw new InputError(`percent is ${percent}: give above 0, up to 100.`);
    const places = 1 + held.findIndex((total) => 100 * total >= percent * incidents);
    return {
      percentOfIncidents: percent,
      places,
      shareOfAllPlaces: places / held.length,
      shareOfPlacesWithIncidents: places / placesWithIncidents,
    };
  };
  const shares = incidents === 0 ? null : percentages.map(shareOf);
  return { places: held.length, placesWithIncidents, incidents, shares };
}

/** The share of all incidents that the fullest `places` hold ("47 % in ten wards"); null when there are no incidents. */
export function shareOfFullest(counts: Numbers, places: number): number | null {
  requireWhole('places', places, 1);
  const held = heldByFullest(counts);
  const total = held.at(-1) ?? 0;
  return total === 0 ? null : (held[Math.min(places, held.length) - 1] as number) / total;
}

/** What the fullest place holds, the two fullest, and so on. */
function heldByFullest(counts: Numbers): Float64Array {
  let total = 0;
  return nonNegativeValues('counts', counts)
    .sort()
    .reverse()
    .map((count) => {
      total += count;
      return total;
    });
}
