import { InputError } from '../errors.ts';
import { type Filter, weekdayNames } from '../model.ts';
import { dayNumber } from './calendar.ts';
import { type Columns, monthOnlySlot, slotCount, weekdaySlot } from './columns.ts';

/** A filter as look-up tables: an incident passes if its day, its code and its place do. */
export type CompiledFilter = {
  /** Days since 1970-01-01, inclusive; none is held before, so the first is 0 or more and the last −1 or more. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** By code: 1 if category, flags and hour of week pass. */
  readonly codePasses: Uint8Array;
  /** By hour-of-week slot. */
  readonly slotPasses: Uint8Array;
  /** By place; null if every place passes, and then so do incidents without one. */
  readonly placePasses: Uint8Array | null;
};

/** Turns a filter into look-up tables for these columns; throws `InputError` for an area that is not held. */
export function compileFilter(columns: Columns, filter: Filter): CompiledFilter {
  const slotPasses = compileSlots(filter);
  return {
    firstDay: filter.from === undefined ? 0 : Math.max(0, dayNumber(filter.from)),
    lastDay: filter.to === undefined ? 65_535 : Math.max(-1, dayNumber(filter.to)),
    codePasses: compileCodes(columns, filter, slotPasses),
    slotPasses,
    placePasses: compileAreas(columns, filter),
  };
}

function compileSlots(filter: Filter): Uint8Array {
  const passes = new Uint8Array(slotCount);
  const weekdays = filter.weekdays ? new Set(filter.weekdays.map((name) => weekdayNames.indexOf(name))) : undefined;
  const hours = filter.hours ? new Set(filter.hours) : undefined;
  for (let weekday = 0; weekday < 7; weekday++) {
    if (weekdays && !weekdays.has(weekday)) continue;
    for (let hour = 0; hour < 24; hour++) if (!hours || hours.has(hour)) passes[weekday * 24 + hour] = 1;
    // an incident whose hour is not known passes no filter on hours
    if (!hours) passes[weekdaySlot + weekday] = 1;
  }
  if (!hours && !weekdays) passes[monthOnlySlot] = 1;
  return passes;
}

function compileCodes(columns: Columns, filter: Filter, slotPasses: Uint8Array): Uint8Array {
  const categories = columns.categories.map((code) => isUnderAny(code, filter.categories));
  const flagSets = columns.flagSets.map((flags) => {
    const has = filter.flags?.has.every((flag) => flags.includes(flag)) ?? true;
    const lacks = filter.flags?.lacks.every((flag) => !flags.includes(flag)) ?? true;
    return has && lacks;
  });
  return columns.codeSlot.map((slot, code) => {
    const passes =
      categories[columns.codeCategory[code] as number] &&
      flagSets[columns.codeFlagSet[code] as number] &&
      slotPasses[slot];
    return passes ? 1 : 0;
  });
}

/** Whether a category is one of those named, or below one. */
function isUnderAny(code: string, named: readonly string[] | undefined): boolean {
  return named === undefined || named.some((name) => code === name || code.startsWith(`${name}.`));
}

function compileAreas(columns: Columns, filter: Filter): Uint8Array | null {
  if (filter.areas === undefined) return null;
  const passes = new Uint8Array(columns.places.ids.length);
  for (const { layer, code } of filter.areas) {
    const vintages = columns.layers.filter((candidate) => candidate.layer === layer);
    const found = vintages.findLast((vintage) => vintage.areas.some((area) => area.code === code));
    if (!found) throw new InputError(`area: there is no "${layer}:${code}" here; /api/catalog lists the areas held`);
    const wanted = found.areas.findIndex((area) => area.code === code);
    found.areaOfPlace.forEach((area, place) => {
      if (area === wanted) passes[place] = 1;
    });
  }
  return passes;
}
