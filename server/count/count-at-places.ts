import { type CountedColumns, placeCount } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { countPart } from './count-incidents.ts';
import { intersectRanges, type PlaceRanges, placesOf } from './place-ranges.ts';
import { placeRuns } from './runs.ts';
import type { Tallies } from './tallies.ts';
import { tallyPart } from './tally-incidents.ts';

/** Counts the incidents that pass at a few places; those of single places in their order. */
export function countAtPlaces(
  columns: CountedColumns,
  filter: CompiledFilter,
  places: PlaceRanges,
): Tallies & { readonly atPlaces: readonly number[] } {
  const byPlace = new Uint32Array(placeCount(columns) + 1);
  const passing = filter.places === null ? places : intersectRanges(places, filter.places);
  countPart(columns, filter, passing, placeRuns(columns), byPlace);
  return { ...tallyPart(columns, filter, passing), atPlaces: placesOf(places).map((place) => byPlace[place]!) };
}
