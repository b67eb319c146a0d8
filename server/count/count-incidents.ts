import { bitCount, intersect, type Selection, selectMaps } from './bitmaps.ts';
import { type CountedColumns, hoursPerCode, placeCount } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { lowerBound } from './lower-bound.ts';
import { shared } from './shared-array.ts';

/** How many incidents match, in all and by place: what cells, areas and tiles are summed from. */
export type PlaceCounts = {
  readonly total: number;
  readonly located: number;
  /** Matching incidents by place. */
  readonly byPlace: Uint32Array;
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
  return { ...placeCounts(byPlace), ...tallies };
}

/** Totals of counts by place, of which the last is that of incidents without one. */
export function placeCounts(byPlaceAndNone: Uint32Array): PlaceCounts {
  const byPlace = byPlaceAndNone.subarray(0, -1);
  let located = 0;
  for (let place = 0; place < byPlace.length; place++) located += byPlace[place]!;
  return { total: located + byPlaceAndNone[byPlace.length]!, located, byPlace };
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
 * Counts the places of one part into `byPlace`. Parts can be counted by several threads at once: each writes its own
 * places only. Where whole runs pass, their lengths are added; else bitmaps tell which incidents do.
 */
export function countPart(
  columns: CountedColumns,
  filter: CompiledFilter,
  part: PlaceRange,
  byPlace: Uint32Array,
): void {
  forEachMonth(columns, filter, part, (firstRun, endRun, month, isWhole) => {
    const days = isWhole ? null : daySelection(columns, filter, month);
    const selections = days ? [...filter.selections, days] : filter.selections;
    if (selections.length === 0) countRuns(columns, filter, firstRun, endRun, byPlace);
    else countBits(columns, filter, selections, firstRun, endRun, byPlace);
  });
}

function daySelection({ bitmaps, monthFirstDay }: CountedColumns, { dayPasses }: CompiledFilter, month: number) {
  return selectMaps(bitmaps.ofDay, (day) => dayPasses[monthFirstDay[month]! + day] === 1);
}

function countRuns(
  { runPlace, runStart }: CountedColumns,
  { placePasses }: CompiledFilter,
  firstRun: number,
  endRun: number,
  byPlace: Uint32Array,
): void {
  for (let run = firstRun; run < endRun; run++) {
    const place = runPlace[run]!;
    if (placePasses === null || placePasses[place] === 1) byPlace[place]! += runStart[run + 1]! - runStart[run]!;
  }
}

/** Words of bitmaps are combined some thousand at a time, which stay in the processor's cache meanwhile. */
const wordsPerBlock = 2048;

function countBits(
  columns: CountedColumns,
  { placePasses }: CompiledFilter,
  selections: readonly Selection[],
  firstRun: number,
  endRun: number,
  byPlace: Uint32Array,
): void {
  const { bitmaps, runStart } = columns;
  const [first, end] = [runStart[firstRun]!, runStart[endRun]!];
  const [firstWord, endWord] = [first >>> 5, Math.ceil(end / 32)];
  for (let from = firstWord; from < endWord; from += wordsPerBlock) {
    const passing = new Int32Array(Math.min(wordsPerBlock, endWord - from)).fill(-1);
    for (const selection of selections) intersect(bitmaps, selection, from, passing);
    // the words at both ends hold neighbours of this part's incidents
    if (from === firstWord) passing[0]! &= -1 << (first & 31);
    if (from + passing.length === endWord && (end & 31) !== 0) passing[passing.length - 1]! &= ~(-1 << (end & 31));
    addWords(columns, placePasses, passing, from, byPlace);
  }
}

/** Adds the set bits of words to the places in whose runs they stand. */
function addWords(
  { bitmaps: { wordRun }, runPlace, runStart }: CountedColumns,
  placePasses: Uint8Array | null,
  passing: Int32Array,
  from: number,
  byPlace: Uint32Array,
): void {
  for (let at = 0; at < passing.length; at++) {
    let word = passing[at]!;
    const wordStart = (from + at) * 32;
    for (let run = wordRun[from + at]!; word !== 0; run++) {
      const inWord = runStart[run + 1]! - wordStart;
      const mask = inWord >= 32 ? -1 : ~(-1 << inWord);
      const count = bitCount(word & mask);
      const place = runPlace[run]!;
      if (placePasses === null || placePasses[place] === 1) byPlace[place]! += count;
      word &= ~mask;
    }
  }
}

/** As `countPart`, adding up by code and by day and hour besides, which takes twice the time. */
export function tallyPart(
  columns: CountedColumns,
  filter: CompiledFilter,
  part: PlaceRange,
  byPlace: Uint32Array,
  tallies: Tallies = emptyTallies(columns),
): Tallies {
  forEachMonth(columns, filter, part, (firstRun, endRun) => {
    tallyRuns(columns, filter, firstRun, endRun, byPlace, tallies);
  });
  return tallies;
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

/** Calls back for each month that the filter's days meet, with its runs in the part, its number, and whether all its days pass. */
export function forEachMonth(
  columns: CountedColumns,
  filter: Pick<CompiledFilter, 'firstDay' | 'lastDay' | 'everyWeekday'>,
  { first, end }: PlaceRange,
  visit: (firstRun: number, endRun: number, month: number, isWhole: boolean) => void,
): void {
  const { monthFirstDay, monthRun, runPlace } = columns;
  const [firstMonth, endMonth] = monthsOf(columns, filter);
  for (let month = firstMonth; month < endMonth; month++) {
    const firstRun = lowerBound(runPlace, monthRun[month]!, monthRun[month + 1]!, first);
    const endRun = lowerBound(runPlace, firstRun, monthRun[month + 1]!, end);
    const endDay = monthFirstDay[month + 1] ?? columns.lastDay + 1;
    const isWhole = filter.everyWeekday && filter.firstDay <= monthFirstDay[month]! && filter.lastDay >= endDay - 1;
    if (endRun > firstRun) visit(firstRun, endRun, month, isWhole);
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

function tallyRuns(
  columns: CountedColumns,
  filter: CompiledFilter,
  firstRun: number,
  endRun: number,
  byPlace: Uint32Array,
  { byCode, byDayHour }: Tallies,
) {
  const { runPlace, runStart, codes, days, firstDay } = columns;
  const { placePasses, codePasses, dayPasses } = filter;
  for (let run = firstRun; run < endRun; run++) {
    const place = runPlace[run]!;
    // an incident without a place lies in no area
    if (placePasses !== null && placePasses[place] !== 1) continue;
    const end = runStart[run + 1]!;
    for (let incident = runStart[run]!; incident < end; incident++) {
      const code = codes[incident]!;
      const day = days[incident]!;
      if ((codePasses[code]! & dayPasses[day]!) === 0) continue;
      byCode[code]!++;
      byDayHour[(day - firstDay) * hoursPerCode + (code % hoursPerCode)]!++;
      byPlace[place]!++;
    }
  }
}
