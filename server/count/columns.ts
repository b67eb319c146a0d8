/**
 * Incidents as columns in shared memory: the form in which they are counted.
 *
 * Incidents are sorted by place, and places by H3 leaf cell, so that the incidents of a place, of a cell at any
 * resolution, and of its parents are each one contiguous run. What an incident *is* (category, flags, hour of week)
 * is one small number, its code; a filter becomes a table of the codes that pass.
 */

/** Hour-of-week slots 0 to 167 (Monday 00:00 first); then a weekday without hour; then neither. */
export const weekdaySlot = 168;
export const monthOnlySlot = 175;
export const slotCount = 176;

/** Distinct points with the words they were given, sorted by `keys`. */
export type Places = {
  readonly ids: Int32Array;
  /** The low 52 bits of the H3 leaf cell: base cell and digits, exact in a double, ascending. */
  readonly keys: Float64Array;
  readonly lats: Float64Array;
  readonly lngs: Float64Array;
  /** Index into `locations`. */
  readonly locationOf: Uint32Array;
  readonly locations: readonly string[];
};

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
  readonly incident: Uint32Array;
  readonly place: Uint32Array;
  readonly startMinuteOfWeek: Uint16Array;
  readonly minutes: Uint32Array;
};

export type Columns = {
  readonly version: number;
  readonly places: Places;
  readonly layers: readonly AreaLayer[];
  /** Incidents of place p are `placeStart[p]` to `placeStart[p + 1]`; the last run holds those without a place. */
  readonly placeStart: Uint32Array;
  readonly codes: Uint32Array | Uint16Array;
  /** Days since 1970-01-01. */
  readonly days: Uint16Array;
  /** The first and last day on which anything is held, a month known only as such to its end; both 0 without any. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** By code: index into `categories`, index into `flagSets`, hour-of-week slot. */
  readonly codeCategory: Uint16Array;
  readonly codeFlagSet: Uint16Array;
  readonly codeSlot: Uint8Array;
  readonly categories: readonly string[];
  readonly flagSets: readonly (readonly string[])[];
  readonly ranges: Ranges;
};

/** The number of incidents held. */
export function incidentCount(columns: Columns): number {
  return columns.days.length;
}
