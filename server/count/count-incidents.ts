import type { Columns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';

/** How many incidents match, in all and by place: what cells, areas and tiles are summed from. */
export type PlaceCounts = {
  readonly total: number;
  readonly located: number;
  /** Matching incidents by place. */
  readonly byPlace: Uint32Array;
};

/** The whole answer to one filter, from which months, categories and hours are summed too. */
export type Counts = PlaceCounts & {
  /** By code: category, flag set and hour of week together. */
  readonly byCode: Uint32Array;
  /** By days since the first day held. */
  readonly byDay: Uint32Array;
};

/** The columns that counting reads: shared memory, which threads get without a copy. */
export type CountedColumns = Pick<Columns, 'placeStart' | 'codes' | 'days' | 'firstDay' | 'lastDay' | 'codeSlot'>;

/** What one part of the places adds to the answer. */
export type PartCounts = {
  readonly total: number;
  readonly byCode: Uint32Array | null;
  readonly byDay: Uint32Array | null;
};

/** Counts the incidents that pass, in one pass over the columns. */
export function countIncidents(columns: CountedColumns, filter: CompiledFilter): Counts {
  const runs = columns.placeStart.length - 1;
  const byRun = new Uint32Array(runs);
  const { total, byCode, byDay } = countPart(columns, filter, { first: 0, end: runs, tallies: true }, byRun);
  return { ...placeCounts(total, byRun), byCode: byCode!, byDay: byDay! };
}

/** The counts of places out of those of runs, of which the last is that of incidents without a place. */
export function placeCounts(total: number, byRun: Uint32Array): PlaceCounts {
  const places = byRun.length - 1;
  return { total, located: total - byRun[places]!, byPlace: byRun.subarray(0, places) };
}

/**
 * Counts the runs `first` up to (not including) `end` into `byRun`, and by code and day if `tallies` are wanted. Parts
 * of one pass can be counted by several threads at once: each writes its own runs only.
 */
export function countPart(
  columns: CountedColumns,
  filter: CompiledFilter,
  part: { readonly first: number; readonly end: number; readonly tallies: boolean },
  byRun: Uint32Array,
): PartCounts {
  const byCode = part.tallies ? new Uint32Array(columns.codeSlot.length) : null;
  const byDay = part.tallies ? new Uint32Array(columns.lastDay - columns.firstDay + 1) : null;
  const dayPasses = new Uint8Array(65_536).fill(1, filter.firstDay, filter.lastDay + 1);
  const lastRun = columns.placeStart.length - 2;
  let total = 0;
  for (let run = part.first; run < part.end; run++) {
    // an incident without a place lies in no area
    if (filter.placePasses && (run === lastRun || filter.placePasses[run] === 0)) continue;
    const count =
      byCode && byDay
        ? tallyRun(columns, filter, dayPasses, run, byCode, byDay)
        : countRun(columns, filter, dayPasses, run);
    byRun[run] = count;
    total += count;
  }
  return { total, byCode, byDay };
}

/** Counts without a branch in the loop: a mispredicted one costs more than the sum it saves. */
function countRun(columns: CountedColumns, filter: CompiledFilter, dayPasses: Uint8Array, run: number): number {
  const { codes, days, placeStart } = columns;
  const { codePasses } = filter;
  const end = placeStart[run + 1]!;
  let count = 0;
  for (let incident = placeStart[run]!; incident < end; incident++) {
    count += codePasses[codes[incident]!]! & dayPasses[days[incident]!]!;
  }
  return count;
}

function tallyRun(
  columns: CountedColumns,
  filter: CompiledFilter,
  dayPasses: Uint8Array,
  run: number,
  byCode: Uint32Array,
  byDay: Uint32Array,
): number {
  const { codes, days, placeStart, firstDay } = columns;
  const { codePasses } = filter;
  const end = placeStart[run + 1]!;
  let count = 0;
  for (let incident = placeStart[run]!; incident < end; incident++) {
    const code = codes[incident]!;
    const day = days[incident]!;
    if ((codePasses[code]! & dayPasses[day]!) === 0) continue;
    byCode[code]!++;
    byDay[day - firstDay]!++;
    count++;
  }
  return count;
}

/** Splits the runs into parts of about equally many incidents, for as many threads. */
export function splitRuns(placeStart: Uint32Array, parts: number): { first: number; end: number }[] {
  const runs = placeStart.length - 1;
  const share = placeStart[runs]! / parts;
  const bounds = [0];
  for (let run = 1; run < runs && bounds.length < parts; run++) {
    if (placeStart[run]! >= share * bounds.length) bounds.push(run);
  }
  return bounds.map((first, index) => ({ first, end: bounds[index + 1] ?? runs }));
}
