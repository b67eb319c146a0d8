import { type Selection, selectMaps } from './bitmaps.ts';
import { addBlock, type Block, forEachBlock, keepPlaces } from './blocks.ts';
import { type CountedColumns, hoursPerCode, placeCount } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { lowerBound } from './lower-bound.ts';
import { shared } from './shared-array.ts';

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

/** How many match by what they are and when: what categories, months and hours are summed from. */
export type Tallies = {
  /** By code: category, flag set and hour together. */
  readonly byCode: Uint32Array;
  /** By days since the first day held, times `hoursPerCode`, plus hour. */
  readonly byDayHour: Uint32Array;
};

/** The whole answer to one filter. */
export type Counts = PlaceCounts & Tallies;

/** Places `first` up to (not including) `end`, in every month; the place after the last one stands for none. */
export type PlaceRange = { readonly first: number; readonly end: number };

/** Counts the incidents that pass, in one pass over the columns. */
export function countIncidents(columns: CountedColumns, filter: CompiledFilter): Counts {
  const byPlace = new Uint32Array(placeCount(columns) + 1);
  const tallies = tallyPart(columns, filter, passingPlaces(columns, filter), byPlace);
  return { ...placeCounts(byPlace, columns.pointPlaces), ...tallies };
}

/** Totals of counts by place, of which the last is that of incidents without one. */
export function placeCounts(byPlaceAndNone: Uint32Array, pointPlaces: number): PlaceCounts {
  const byPlace = byPlaceAndNone.subarray(0, pointPlaces);
  let located = 0;
  for (let place = 0; place < pointPlaces; place++) located += byPlace[place]!;
  let total = located;
  for (let place = pointPlaces; place < byPlaceAndNone.length; place++) total += byPlaceAndNone[place]!;
  return { total, located, byPlace, byAnyPlace: byPlaceAndNone.subarray(0, -1) };
}

/** The narrowest range of places that holds all that pass: those of a ward lie close together. */
export function passingPlaces(columns: CountedColumns, { placePasses }: CompiledFilter): PlaceRange {
  if (!placePasses) return { first: 0, end: placeCount(columns) + 1 };
  const first = placePasses.indexOf(1);
  return first < 0 ? { first: 0, end: 0 } : { first, end: placePasses.lastIndexOf(1) + 1 };
}

/** At most how many incidents a count of these places has to look at. */
export function incidentsToLookAt(columns: CountedColumns, filter: CompiledFilter, { first, end }: PlaceRange): number {
  const [firstMonth, endMonth] = monthsOf(columns, filter);
  const { monthRun, runStart, incidentsBefore } = columns;
  const inMonths = runStart[monthRun[endMonth]!]! - runStart[monthRun[firstMonth]!]!;
  return Math.min(inMonths, incidentsBefore[end]! - incidentsBefore[first]!);
}

/** Splits places into parts of about equally many incidents, for as many threads. */
export function splitPlaces(
  { incidentsBefore }: CountedColumns,
  { first, end }: PlaceRange,
  parts: number,
): PlaceRange[] {
  const bounds = [first];
  const share = (incidentsBefore[end]! - incidentsBefore[first]!) / parts;
  for (let part = 1; part < parts; part++) {
    const bound = lowerBound(incidentsBefore, first, end, incidentsBefore[first]! + share * part);
    if (bound > bounds.at(-1)! && bound < end) bounds.push(bound);
  }
  return bounds.map((bound, part) => ({ first: bound, end: bounds[part + 1] ?? end }));
}

/**
 * Counts the places of one part into `counts`, by place or, given the group of each place, by group; incidents without a
 * place are counted last. Parts counted by place can share `counts`: each writes its own places only.
 */
export function countPart(
  columns: CountedColumns,
  filter: CompiledFilter,
  part: PlaceRange,
  counts: Uint32Array,
  groupOf: Uint32Array | null = null,
): void {
  forEachMonth(columns, filter, part, (firstRun, endRun, selections) => {
    // where whole runs pass, their lengths are added; else bitmaps tell which incidents do
    if (selections.length === 0) addRuns(columns, filter, firstRun, endRun, counts, groupOf);
    else
      forEachBlock(columns, selections, firstRun, endRun, (block) => {
        addBlock(columns, filter, block, counts, groupOf);
      });
  });
}

/** As `countPart` by place, adding up by code and by day and hour besides. */
export function tallyPart(
  columns: CountedColumns,
  filter: CompiledFilter,
  part: PlaceRange,
  counts: Uint32Array,
  tallies: Tallies = emptyTallies(columns),
): Tallies {
  forEachMonth(columns, filter, part, (firstRun, endRun, selections) => {
    // without selections every bit is set
    forEachBlock(columns, selections, firstRun, endRun, (block) => {
      keepPlaces(columns, filter, block);
      addBlock(columns, filter, block, counts, null);
      tallyWords(columns, block, tallies);
    });
  });
  return tallies;
}

function addRuns(
  { runPlace, runStart, incidentsBefore }: CountedColumns,
  { placePasses }: CompiledFilter,
  firstRun: number,
  endRun: number,
  counts: Uint32Array,
  groupOf: Uint32Array | null,
): void {
  const none = incidentsBefore.length - 2;
  const last = counts.length - 1;
  for (let run = firstRun; run < endRun; run++) {
    const place = runPlace[run]!;
    if (placePasses !== null && placePasses[place] !== 1) continue;
    counts[place === none ? last : groupOf === null ? place : groupOf[place]!]! += runStart[run + 1]! - runStart[run]!;
  }
}

function tallyWords(
  { codes, days, firstDay }: CountedColumns,
  { passing, from }: Block,
  { byCode, byDayHour }: Tallies,
): void {
  for (let at = 0; at < passing.length; at++) {
    const wordEnd = (from + at) * 32 + 31;
    for (let word = passing[at]!; word !== 0; word &= word - 1) {
      const incident = wordEnd - Math.clz32(word & -word);
      const code = codes[incident]!;
      byCode[code]!++;
      byDayHour[(days[incident]! - firstDay) * hoursPerCode + (code % hoursPerCode)]!++;
    }
  }
}

/** Counts the incidents that pass at a few places; those of places in the order given. */
export function countAtPlaces(
  columns: CountedColumns,
  filter: CompiledFilter,
  places: readonly number[],
): Tallies & { readonly total: number; readonly atPlaces: readonly number[] } {
  const byPlace = new Uint32Array(placeCount(columns) + 1);
  const tallies = emptyTallies(columns);
  for (const place of places) tallyPart(columns, filter, { first: place, end: place + 1 }, byPlace, tallies);
  const atPlaces = places.map((place) => byPlace[place]!);
  return { ...tallies, total: atPlaces.reduce((sum, count) => sum + count, 0), atPlaces };
}

function emptyTallies({ pairs, firstDay, lastDay }: CountedColumns): Tallies {
  return {
    byCode: shared(Uint32Array, pairs * hoursPerCode),
    byDayHour: shared(Uint32Array, (lastDay - firstDay + 1) * hoursPerCode),
  };
}

/** Calls back for each month that the filter's days meet, with its runs in the part and the bitmaps that narrow it down. */
export function forEachMonth(
  columns: CountedColumns,
  filter: CompiledFilter,
  { first, end }: PlaceRange,
  visit: (firstRun: number, endRun: number, selections: readonly Selection[]) => void,
): void {
  const { monthFirstDay, monthRun, runPlace, bitmaps } = columns;
  const [firstMonth, endMonth] = monthsOf(columns, filter);
  for (let month = firstMonth; month < endMonth; month++) {
    const firstRun = lowerBound(runPlace, monthRun[month]!, monthRun[month + 1]!, first);
    const endRun = lowerBound(runPlace, firstRun, monthRun[month + 1]!, end);
    if (endRun === firstRun) continue;
    const firstDay = monthFirstDay[month]!;
    const endDay = monthFirstDay[month + 1] ?? columns.lastDay + 1;
    const isWhole = filter.everyWeekday && filter.firstDay <= firstDay && filter.lastDay >= endDay - 1;
    const days = isWhole ? null : selectMaps(bitmaps.ofDay, (day) => filter.dayPasses[firstDay + day] === 1);
    visit(firstRun, endRun, days ? [...filter.selections, days] : filter.selections);
  }
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
