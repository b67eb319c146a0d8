import { type Selection, selectMaps } from './bitmaps.ts';
import { type CountedColumns, placeCount } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { lowerBound, lowerBoundNear } from './lower-bound.ts';
import { incidentsIn, type PlaceRanges } from './place-ranges.ts';

/**
 * Incidents of one month at neighbouring places that pass: those in all selections match. They are given by runs of
 * places, from a first up to, not including, an end; and by their own positions in the same way.
 */
export type Stretch = {
  readonly firstRun: number;
  readonly endRun: number;
  readonly first: number;
  readonly end: number;
  readonly selections: readonly Selection[];
};

/** The places that pass, those of incidents without one included where all do. */
export function passingPlaces(columns: CountedColumns, { places }: CompiledFilter): PlaceRanges {
  return places ?? Uint32Array.of(0, placeCount(columns) + 1);
}

/** Calls back for what is held at some of the places that pass, in each month that the filter's days meet. */
export function forEachStretch(
  columns: CountedColumns,
  filter: CompiledFilter,
  places: PlaceRanges,
  visit: (stretch: Stretch) => void,
): void {
  const { monthRun, runPlace, runStart } = columns;
  const [firstMonth, endMonth] = monthsOf(columns, filter);
  for (let month = firstMonth; month < endMonth; month++) {
    const selections = selectionsIn(columns, filter, month);
    const monthEnd = monthRun[month + 1]!;
    let run = monthRun[month]!;
    for (let at = 0; at < places.length && run < monthEnd; at += 2) {
      const firstRun = lowerBoundNear(runPlace, run, monthEnd, places[at]!);
      run = lowerBoundNear(runPlace, firstRun, monthEnd, places[at + 1]!);
      if (run === firstRun) continue;
      visit({ firstRun, endRun: run, first: runStart[firstRun]!, end: runStart[run]!, selections });
    }
  }
}

/** The bitmaps that narrow a month down: those of the filter and, unless all its days pass, of its days. */
function selectionsIn(
  { monthFirstDay, lastDay, bitmaps }: CountedColumns,
  filter: CompiledFilter,
  month: number,
): readonly Selection[] {
  const firstDay = monthFirstDay[month]!;
  const endDay = monthFirstDay[month + 1] ?? lastDay + 1;
  if (filter.everyWeekday && filter.firstDay <= firstDay && filter.lastDay >= endDay - 1) return filter.selections;
  const days = selectMaps(bitmaps.ofDay, (day) => filter.dayPasses[firstDay + day] === 1);
  return days ? [...filter.selections, days] : filter.selections;
}

/** At most how many incidents a count of these places has to look at. */
export function incidentsToLookAt(columns: CountedColumns, filter: CompiledFilter, places: PlaceRanges): number {
  const [firstMonth, endMonth] = monthsOf(columns, filter);
  const { monthRun, runStart, incidentsBefore } = columns;
  const inMonths = runStart[monthRun[endMonth]!]! - runStart[monthRun[firstMonth]!]!;
  return Math.min(inMonths, incidentsIn(places, incidentsBefore));
}

/** The months that a range of days meets: from the first up to, not including, the second. */
function monthsOf(
  { monthFirstDay }: CountedColumns,
  { firstDay, lastDay }: Pick<CompiledFilter, 'firstDay' | 'lastDay'>,
): [number, number] {
  const end = lowerBound(monthFirstDay, 0, monthFirstDay.length, lastDay + 1);
  // the month before the first that begins after the first day is the one it lies in
  const first = lowerBound(monthFirstDay, 0, monthFirstDay.length, firstDay + 1) - 1;
  return [Math.min(Math.max(0, first), end), end];
}

/** Fewer incidents than this are passed over one by one in some milliseconds. */
const fewIncidents = 300_000;

/** Whether passing over all that a filter has to look at is soon done. */
export function isSoonPassed(columns: CountedColumns, filter: CompiledFilter): boolean {
  return incidentsToLookAt(columns, filter, passingPlaces(columns, filter)) < fewIncidents;
}
