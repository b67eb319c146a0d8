/**
 * Incidents as columns in shared memory: the form in which they are counted.
 *
 * Incidents are sorted by calendar month, within it by place, and places by H3 leaf cell. So the incidents of a place in
 * a month are one contiguous run, the runs of a month are contiguous too, and within a month so are those of a cell and
 * of its parents. A range of days skips the months it does not meet, and an import rewrites only its own months. What an
 * incident *is* (category, flags, hour) is one small number, its code; a filter becomes a table of the codes that pass.
 */

import type { Bitmaps } from './bitmaps.ts';
import type { DailyCodes } from './daily-codes.ts';

/** Hours in a code: 0 to 23; then a day whose hour is not known; then a month whose day is not known. */
export const dayOnlyHour = 24;
export const monthOnlyHour = 25;
export const hoursPerCode = 26;

/** Hour-of-week slots of sums, 0 to 167 (Monday 00:00 first); then a weekday without hour; then neither. */
export const weekdaySlot = 168;
export const monthOnlySlot = 175;
export const slotCount = 176;

/**
 * Distinct places with the words they were given: first those with a point, sorted by `keys`, then those of which only the
 * area is known. Keys, latitudes and longitudes are those of the first.
 */
export type Places = {
  readonly ids: Int32Array;
  /** The low 52 bits of the H3 leaf cell: base cell and digits, exact in a double, ascending. */
  readonly keys: Float64Array;
  readonly lats: Float64Array;
  readonly lngs: Float64Array;
  /** The number of each place's words among the distinct ones. */
  readonly locationOf: Uint32Array;
  readonly locations: Texts;
};

/** Texts in shared memory: text t is UTF-8 in `bytes` from `start[t]` to `start[t + 1]`. */
export type Texts = { readonly start: Uint32Array; readonly bytes: Uint8Array };

export type ColumnArea = {
  readonly code: string;
  readonly name: string;
  readonly population: number | null;
  readonly bbox: readonly [number, number, number, number];
};

/** One vintage of one layer, and the area (index into `areas`, −1 for none) in which each place lies. */
export type AreaLayer = {
  readonly layer: string;
  readonly validFrom: string | null;
  readonly attribution: string;
  readonly areas: readonly ColumnArea[];
  readonly areaOfPlace: Int32Array;
};

/** Incidents with a from–to range, few as a rule: where they stand and when they began. */
export type Ranges = {
  /** Ascending. */
  readonly incident: Uint32Array;
  readonly place: Uint32Array;
  readonly startMinuteOfWeek: Uint16Array;
  readonly minutes: Uint32Array;
};

/** The columns that counting reads: shared memory, which threads get without a copy. */
export type CountedColumns = {
  /** First day of each month in which anything is held, rising; days are days since 1970-01-01. */
  readonly monthFirstDay: Uint16Array;
  /** Runs of month m are `monthRun[m]` to `monthRun[m + 1]`. */
  readonly monthRun: Uint32Array;
  /** The place of each run, rising within a month; the number of places stands for none. */
  readonly runPlace: Uint32Array;
  /** Incidents of run r are `runStart[r]` to `runStart[r + 1]`. */
  readonly runStart: Uint32Array;
  readonly codes: Uint32Array | Uint16Array;
  readonly days: Uint16Array;
  /** The first and last day on which anything is held, a month known only as such to its end; both 0 without any. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** How many places have a point; they come before the others. */
  readonly pointPlaces: number;
  /** How many combinations of category and flags there are: codes are below this times `hoursPerCode`. */
  readonly pairs: number;
  /** Incidents at the places before each, in all months: how work is shared out. */
  readonly incidentsBefore: Uint32Array;
  readonly bitmaps: Bitmaps;
};

export type Columns = CountedColumns & {
  readonly version: number;
  readonly daily: DailyCodes;
  readonly places: Places;
  readonly layers: readonly AreaLayer[];
  /** By pair: index into `categories`, index into `flagSets`. The code of an incident is pair × `hoursPerCode` + hour. */
  readonly pairCategory: Uint16Array;
  readonly pairFlagSet: Uint16Array;
  readonly categories: readonly string[];
  readonly flagSets: readonly (readonly string[])[];
  readonly ranges: Ranges;
};

/** The number of incidents held. */
export function incidentCount({ days }: Pick<CountedColumns, 'days'>): number {
  return days.length;
}

/** The number of places held, those without a point among them. */
export function placeCount({ incidentsBefore }: Pick<CountedColumns, 'incidentsBefore'>): number {
  return incidentsBefore.length - 2;
}

/** What counting needs of the columns, and no more: other parts would be copied into each thread. */
export function countedColumns(columns: CountedColumns): CountedColumns {
  const { monthFirstDay, monthRun, runPlace, runStart, codes, days } = columns;
  const { firstDay, lastDay, pointPlaces, pairs, incidentsBefore, bitmaps } = columns;
  return {
    monthFirstDay,
    monthRun,
    runPlace,
    runStart,
    codes,
    days,
    firstDay,
    lastDay,
    pointPlaces,
    pairs,
    incidentsBefore,
    bitmaps,
  };
}

const decoder = new TextDecoder();

/** One of the texts. */
export function textAt({ start, bytes }: Texts, index: number): string {
  // decoders refuse shared memory: the few bytes are copied
  return decoder.decode(bytes.slice(start[index], start[index + 1]));
}
