import { type AreaCounts, areaGroupCount, areaGroups, sumAreaGroups } from '../../server/count/area-groups.ts';
import { type AreaLayer, type Columns, placeCount } from '../../server/count/columns.ts';
import type { CompiledFilter } from '../../server/count/compile-filter.ts';
import { countPart, type PlaceCounts, placeCounts } from '../../server/count/count-incidents.ts';
import { groupRuns, placeRuns, type Runs } from '../../server/count/runs.ts';
import { passingPlaces } from '../../server/count/stretches.ts';
import type { Tallies } from '../../server/count/tallies.ts';
import { tallyPart } from '../../server/count/tally-incidents.ts';

/** All that a filter can be asked for, in one part and without threads or memory. */
export function countIncidents(columns: Columns, filter: CompiledFilter): PlaceCounts & Tallies {
  const byPlace = countAll(columns, filter, placeRuns(columns), placeCount(columns) + 1);
  return {
    ...tallyPart(columns, filter, passingPlaces(columns, filter)),
    ...placeCounts(byPlace, columns.pointPlaces),
  };
}

/** Counts by area of a layer. */
export function countAreas(columns: Columns, filter: CompiledFilter, layer: AreaLayer): AreaCounts {
  const runs = groupRuns(columns, areaGroups(columns, layer, layer.areas.length));
  return sumAreaGroups(countAll(columns, filter, runs, areaGroupCount(layer.areas.length)));
}

function countAll(columns: Columns, filter: CompiledFilter, runs: Runs, groups: number): Uint32Array {
  const counts = new Uint32Array(groups);
  countPart(columns, filter, passingPlaces(columns, filter), runs, counts);
  return counts;
}
