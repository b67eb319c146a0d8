import { type CountedColumns, placeCount } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { countPart } from './count-incidents.ts';
import { isInRanges, rangesOf } from './place-ranges.ts';
import { placeRuns } from './runs.ts';
import type { Tallies } from './tallies.ts';
import { tallyPart } from './tally-incidents.ts';

/** Counts the incidents that pass at a few places; those of places in the order given. */
export function countAtPlaces(
  columns: CountedColumns,
  filter: CompiledFilter,
  places: readonly number[],
): Tallies & { readonly atPlaces: readonly number[] } {
  const byPlace = new Uint32Array(placeCount(columns) + 1);
  const passing = rangesOf(places.filter((place) => filter.places === null || isInRanges(filter.places, place)));
  countPart(columns, filter, passing, placeRuns(columns), byPlace);
  return { ...tallyPart(columns, filter, passing), atPlaces: places.map((place) => byPlace[place]!) };
}
