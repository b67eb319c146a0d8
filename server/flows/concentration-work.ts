/** What a thread does of a concentration: all that goes through every place. */
import type { ConcentrationAnswer } from '../analyses-model.ts';
import { cellOfKey } from '../count/cell-index.ts';
import { toCsv } from '../report/to-csv.ts';
import { concentration, shareOfFullest } from '../statistics/concentration.ts';
import { gini, giniGeneralised } from '../statistics/gini.ts';
import { lorenz } from '../statistics/lorenz.ts';
import { type CountedPlace, rankPlaces } from './rank-places.ts';

/** Areas, or the cells of a study: those are told by numbers, which threads hand over sooner than texts. */
export type PlacesCompared =
  | readonly CountedPlace[]
  | { readonly resolution: number; readonly keys: Float64Array; readonly counts: Float64Array };

/** The part of the answer that is told by the counts alone. */
export type ConcentrationFigures = Pick<
  ConcentrationAnswer,
  'incidents' | 'placesWithIncidents' | 'gini' | 'giniGeneralised' | 'lorenz' | 'shares' | 'top'
>;

/** How much the fullest places hold, and which the `top` fullest are. */
export function measureConcentration(compared: PlacesCompared, top: number): ConcentrationFigures {
  const places = placesOf(compared);
  const counts = places.map(({ count }) => count);
  const { incidents, placesWithIncidents, shares } = concentration(counts);
  return {
    incidents,
    placesWithIncidents,
    gini: gini(counts),
    giniGeneralised: giniGeneralised(counts),
    lorenz: copyOf(lorenz(counts)),
    shares: copyOf(shares),
    top: {
      places: Math.min(top, places.length),
      share: shareOfFullest(counts, top),
      list: rankPlaces(places).slice(0, top),
    },
  };
}

/** Every place with incidents as CSV in UTF-8, the fullest first; `boundaries` are further columns that all rows share. */
export function listPlaces(compared: PlacesCompared, boundaries: Readonly<Record<string, string | null>>): Uint8Array {
  const ranked = rankPlaces(placesOf(compared));
  const columns = ['rank', 'code', 'name', 'count', 'share', 'cumulativeShare'] as const;
  const used = columns.filter((column) => column !== 'name' || ranked.some(({ name }) => name !== undefined));
  const csv = toCsv(
    [...used, ...Object.keys(boundaries)],
    ranked.map((place) => [...used.map((column) => place[column]), ...Object.values(boundaries)]),
  );
  return new TextEncoder().encode(csv);
}

function placesOf(compared: PlacesCompared): readonly CountedPlace[] {
  if (!('resolution' in compared)) return compared;
  const { keys, counts, resolution } = compared;
  return Array.from(keys, (key, cell) => ({ code: cellOfKey(key, resolution), count: counts[cell]! }));
}

function copyOf<Item>(list: readonly Item[] | null): Item[] | null {
  return list && [...list];
}
