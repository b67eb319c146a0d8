import { InputError } from '../errors.ts';
import { type Filter, weekdayNames } from '../model.ts';
import { shared } from '../shared-array.ts';
import { type Selection, selectMaps } from './bitmaps.ts';
import { dayNumber, weekdayOf } from './calendar.ts';
import { type Columns, dayOnlyHour, hoursPerCode, monthOnlyHour } from './columns.ts';
import { joinRanges, type PlaceRanges, placesInArea } from './place-ranges.ts';
import { vintageOf } from './vintage-of.ts';

/** A filter as look-up tables: an incident passes if its day, its code and its place do. */
export type CompiledFilter = {
  /** Days since 1970-01-01, inclusive; none is held before, so the first is 0 or more and the last −1 or more. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** By day: 1 if it lies in the range and its weekday passes. */
  readonly dayPasses: Uint8Array;
  /** By code: 1 if category, flags and hour pass. */
  readonly codePasses: Uint8Array;
  /** Bitmaps of which an incident must be in one of each; as long as there are none, every code passes. */
  readonly selections: readonly Selection[];
  /** Whether every weekday passes: then whole months need no look at days. */
  readonly everyWeekday: boolean;
  /** By hour of the week, for ranges that are spread over hours. */
  readonly weekHourPasses: Uint8Array;
  /** The places that pass; null if all do, and then so do incidents without one. */
  readonly places: PlaceRanges | null;
};

const lastPossibleDay = 65_535;

/** Turns a filter into look-up tables for these columns; throws `InputError` for an area that is not held. */
export function compileFilter(columns: Columns, filter: Filter): CompiledFilter {
  const firstDay = filter.from === undefined ? 0 : Math.max(0, dayNumber(filter.from));
  const lastDay = filter.to === undefined ? lastPossibleDay : Math.max(-1, dayNumber(filter.to));
  const weekdayPasses = weekdayNames.map((name) => filter.weekdays?.includes(name) ?? true);
  const hourPasses = compileHours(filter);
  return {
    firstDay,
    lastDay,
    dayPasses: compileDays(columns, firstDay, lastDay, weekdayPasses),
    codePasses: compileCodes(columns, filter, hourPasses),
    selections: compileSelections(columns, filter, hourPasses),
    everyWeekday: weekdayPasses.every(Boolean),
    weekHourPasses: Uint8Array.from({ length: 168 }, (_, slot) =>
      weekdayPasses[Math.floor(slot / 24)] && hourPasses[slot % 24] ? 1 : 0,
    ),
    places: compileAreas(columns, filter),
  };
}

/** By hour of a code: what is not known passes no filter on it. */
function compileHours({ hours, weekdays }: Filter): boolean[] {
  return Array.from({ length: hoursPerCode }, (_, hour) => {
    if (hour === monthOnlyHour) return !hours && !weekdays;
    if (hour === dayOnlyHour) return !hours;
    return hours?.includes(hour) ?? true;
  });
}

/** Only days that are held are looked up. */
function compileDays(columns: Columns, first: number, last: number, weekdayPasses: readonly boolean[]): Uint8Array {
  const passes = shared(Uint8Array, columns.lastDay + 1);
  for (let day = Math.max(first, columns.firstDay); day <= Math.min(last, columns.lastDay); day++) {
    if (weekdayPasses[weekdayOf(day)]) passes[day] = 1;
  }
  return passes;
}

function compileCodes(columns: Columns, filter: Filter, hourPasses: readonly boolean[]): Uint8Array {
  const categories = columns.categories.map((code) => isUnderAny(code, filter.categories));
  const flagSets = columns.flagSets.map((flags) => {
    const has = filter.flags?.has.every((flag) => flags.includes(flag)) ?? true;
    const lacks = filter.flags?.lacks.every((flag) => !flags.includes(flag)) ?? true;
    return has && lacks;
  });
  const passes = shared(Uint8Array, columns.pairs * hoursPerCode);
  for (let pair = 0; pair < columns.pairs; pair++) {
    if (!categories[columns.pairCategory[pair]!] || !flagSets[columns.pairFlagSet[pair]!]) continue;
    hourPasses.forEach((hourPass, hour) => {
      if (hourPass) passes[pair * hoursPerCode + hour] = 1;
    });
  }
  return passes;
}

function compileSelections(
  { bitmaps, categories }: Columns,
  filter: Filter,
  hourPasses: readonly boolean[],
): Selection[] {
  const { ofCategory, ofHour, ofFlag } = bitmaps;
  // a flag that no incident has: none passes if it is wanted
  const having = filter.flags?.has.map((flag) => ({ maps: listed(ofFlag.get(flag)), inverted: false })) ?? [];
  const lacking = filter.flags?.lacks.map((flag) => ({ maps: listed(ofFlag.get(flag)), inverted: true })) ?? [];
  return [
    selectMaps(ofCategory, (category) => isUnderAny(categories[category]!, filter.categories)),
    selectMaps(ofHour, (hour) => hourPasses[hour]!),
    ...having,
    ...lacking,
  ].filter((selection) => selection !== null);
}

function listed(map: number | undefined): number[] {
  return map === undefined ? [] : [map];
}

/** Whether a category is one of those named, or below one. */
function isUnderAny(code: string, named: readonly string[] | undefined): boolean {
  return named === undefined || named.some((name) => code === name || code.startsWith(`${name}.`));
}

function compileAreas(columns: Columns, { areas }: Filter): PlaceRanges | null {
  if (areas === undefined) return null;
  return joinRanges(
    areas.map((area) => {
      const { layer, code } = area;
      const vintage = vintageOf(columns, area);
      if (!vintage)
        throw new InputError(`area: there is no "${layer}:${code}" here; /api/catalog lists the areas held`);
      const index = vintage.areas.findIndex((candidate) => candidate.code === code);
      return placesInArea(vintage, index);
    }),
  );
}
