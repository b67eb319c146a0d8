import { addBlock, forEachBlock } from './blocks.ts';
import type { CountedColumns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import type { PlaceRanges } from './place-ranges.ts';
import { type Runs, runOf } from './runs.ts';
import { forEachStretch, type Stretch } from './stretches.ts';
import { valuesAt } from './values-at.ts';

/** How many incidents match, in all and by place: what cells, areas and tiles are summed from. */
export type PlaceCounts = {
  readonly total: number;
  /** Those at places with a point: cells add up to them. */
  readonly located: number;
  /** Matching incidents by place with a point. */
  readonly byPlace: Uint32Array;
  /** As `byPlace`, followed by places of which only the area is known: what areas are summed from. */
  readonly byAnyPlace: Uint32Array;
};

/** In stretches shorter than this, incidents are tested one by one: combining bitmaps would take longer. */
export const fewIncidents = 256;

/** Totals of counts by place, of which the last is that of incidents without one. */
export function placeCounts(byPlaceAndNone: Uint32Array, pointPlaces: number): PlaceCounts {
  const byPlace = byPlaceAndNone.subarray(0, pointPlaces);
  let located = 0;
  for (let place = 0; place < pointPlaces; place++) located += byPlace[place]!;
  let total = located;
  for (let place = pointPlaces; place < byPlaceAndNone.length; place++) total += byPlaceAndNone[place]!;
  return { total, located, byPlace, byAnyPlace: byPlaceAndNone.subarray(0, -1) };
}

/** Counts what passes at some of the places that pass, by the groups of `runs`, into `counts`. */
export function countPart(
  columns: CountedColumns,
  filter: CompiledFilter,
  places: PlaceRanges,
  runs: Runs,
  counts: Uint32Array,
): void {
  forEachStretch(columns, filter, places, (stretch) => {
    const { first, end, selections } = stretch;
    if (selections.length === 0) addLengths(runs, stretch, counts);
    else if (end - first < fewIncidents) addEach(columns, filter, runs, stretch, counts);
    else forEachBlock(columns.bitmaps, stretch, (block) => addBlock(runs, block, counts));
  });
}

/** Zeros for as many groups as were asked for so far: to make them anew takes longer than to count a town. */
let zeros = new Uint32Array(0);

/** As `countPart`, for some groups of as many as told, in their order; all of the places lie in them. */
export function countSome(
  columns: CountedColumns,
  filter: CompiledFilter,
  places: PlaceRanges,
  runs: Runs,
  groups: number,
  some: Uint32Array,
): Uint32Array {
  const counts = zeros.length < groups ? new Uint32Array(groups) : zeros;
  // should counting fail, nobody takes what it has counted for zeros
  zeros = new Uint32Array(0);
  countPart(columns, filter, places, runs, counts);
  const found = valuesAt(counts, some);
  for (const group of some) counts[group] = 0;
  zeros = counts;
  return found;
}

/** All of these incidents pass: the lengths of their runs are added. */
function addLengths(runs: Runs, { first, end }: Stretch, counts: Uint32Array): void {
  const { group, start } = runs;
  for (let at = first | 0, run = runOf(runs, first) | 0; at < end; run = (run + 1) | 0) {
    const stop = Math.min(end, start[run + 1]!) | 0;
    const to = group[run]!;
    counts[to] = ((counts[to]! | 0) + ((stop - at) | 0)) | 0;
    at = stop;
  }
}

function addEach(
  { codes, days }: CountedColumns,
  { codePasses, dayPasses }: CompiledFilter,
  runs: Runs,
  { first, end }: Stretch,
  counts: Uint32Array,
): void {
  let run = runOf(runs, first);
  for (let incident = first; incident < end; incident++) {
    while (runs.start[run + 1]! <= incident) run++;
    if ((codePasses[codes[incident]!]! & dayPasses[days[incident]!]!) === 1) counts[runs.group[run]!]!++;
  }
}
