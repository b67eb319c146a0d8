import { type Columns, monthOnlySlot } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';

/** Matching incidents with a point and a day, one entry each, and how many have a point but only a month. */
export type DatedIncidents = {
  /** Index of each incident's place. */
  readonly places: Uint32Array;
  /** Days since 1970-01-01; of a from–to range the first. */
  readonly days: Uint16Array;
  readonly monthOnly: number;
};

/** Lists the located incidents that pass and whose day is known. */
export function datedIncidents(columns: Columns, filter: CompiledFilter): DatedIncidents {
  const found = { places: [] as number[], days: [] as number[] };
  const { codes, days, placeStart, codeSlot } = columns;
  let monthOnly = 0;
  for (let place = 0; place < columns.places.ids.length; place++) {
    if (filter.placePasses && filter.placePasses[place] === 0) continue;
    const end = placeStart[place + 1]!;
    for (let incident = placeStart[place]!; incident < end; incident++) {
      const day = days[incident]!;
      const code = codes[incident]!;
      if (day < filter.firstDay || day > filter.lastDay || filter.codePasses[code] === 0) continue;
      if (codeSlot[code] === monthOnlySlot) {
        monthOnly++;
        continue;
      }
      found.places.push(place);
      found.days.push(day);
    }
  }
  return { places: Uint32Array.from(found.places), days: Uint16Array.from(found.days), monthOnly };
}
