import type { Columns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';

/** The answer to one filter, from which cells, areas, months, categories and hours are all summed. */
export type Counts = {
  readonly total: number;
  readonly located: number;
  /** Matching incidents by place. */
  readonly byPlace: Uint32Array;
  /** By code: category, flag set and hour of week together. */
  readonly byCode: Uint32Array;
  /** By days since the first day held. */
  readonly byDay: Uint32Array;
};

/** Counts the incidents that pass, in one pass over the columns. */
export function countIncidents(columns: Columns, filter: CompiledFilter): Counts {
  const places = columns.places.ids.length;
  const byPlace = new Uint32Array(places);
  const byCode = new Uint32Array(columns.codeSlot.length);
  const byDay = new Uint32Array(columns.lastDay - columns.firstDay + 1);
  const tallies = { byCode, byDay };
  let located = 0;
  for (let place = 0; place < places; place++) {
    if (filter.placePasses && filter.placePasses[place] === 0) continue;
    const count = countRun(columns, filter, place, tallies);
    byPlace[place] = count;
    located += count;
  }
  // an incident without a place lies in no area
  const unlocated = filter.placePasses ? 0 : countRun(columns, filter, places, tallies);
  return { total: located + unlocated, located, byPlace, byCode, byDay };
}

function countRun(
  columns: Columns,
  filter: CompiledFilter,
  place: number,
  tallies: { readonly byCode: Uint32Array; readonly byDay: Uint32Array },
): number {
  const { codes, days, placeStart } = columns;
  const origin = columns.firstDay;
  const { codePasses, firstDay, lastDay } = filter;
  const { byCode, byDay } = tallies;
  const end = placeStart[place + 1] as number;
  let count = 0;
  for (let incident = placeStart[place] as number; incident < end; incident++) {
    const code = codes[incident] as number;
    const day = days[incident] as number;
    if (codePasses[code] === 0 || day < firstDay || day > lastDay) continue;
    byCode[code]!++;
    byDay[day - origin]!++;
    count++;
  }
  return count;
}
