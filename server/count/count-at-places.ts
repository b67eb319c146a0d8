import { type CountedColumns, placeCount } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { countSome } from './count-incidents.ts';
import { intersectRanges, type PlaceRanges, placesOf } from './place-ranges.ts';
import { placeRuns } from './runs.ts';
import type { Tallies } from './tallies.ts';
import { tallyPart } from './tally-incidents.ts';

/** Counts the incidents that pass at a few places; those of single places in their order. */
export function countAtPlaces(
  columns: CountedColumns,
  filter: CompiledFilter,
  places: PlaceRanges,
): Tallies & { readonly atPlaces: Uint32Array } {
  const single = Uint32Array.from(placesOf(places));
  const passing = filter.places === null ? places : intersectRanges(places, filter.places);
  const atPlaces = countSome(columns, filter, passing, placeRuns(columns), placeCount(columns) + 1, single);
  return { ...tallyPart(columns, filter, passing), atPlaces };
}
