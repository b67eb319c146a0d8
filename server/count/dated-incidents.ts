import { type CountedColumns, hoursPerCode, monthOnlyHour, type Places } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { forEachStretch, passingPlaces } from './stretches.ts';

/** Matching incidents with a point and a day, one entry each, and how many have a point but only a month. */
export type DatedIncidents = {
  /** Index of each incident's place. */
  readonly places: Uint32Array;
  /** Days since 1970-01-01; of a from–to range the first. */
  readonly days: Uint16Array;
  readonly monthOnly: number;
};

/** Lists the located incidents that pass and whose day is known, ordered by point and day, however they came. */
export function datedIncidents(
  columns: CountedColumns,
  { lats, lngs }: Pick<Places, 'lats' | 'lngs'>,
  filter: CompiledFilter,
): DatedIncidents {
  const found: { place: number; day: number }[] = [];
  const { codes, days, runPlace, runStart, pointPlaces } = columns;
  const { codePasses, dayPasses } = filter;
  let monthOnly = 0;
  forEachStretch(columns, filter, passingPlaces(columns, filter), ({ firstRun, endRun }) => {
    for (let run = firstRun; run < endRun; run++) {
      const place = runPlace[run]!;
      if (place >= pointPlaces) continue;
      for (let incident = runStart[run]!; incident < runStart[run + 1]!; incident++) {
        const code = codes[incident]!;
        const day = days[incident]!;
        if ((codePasses[code]! & dayPasses[day]!) === 0) continue;
        if (code % hoursPerCode === monthOnlyHour) monthOnly++;
        else found.push({ place, day });
      }
    }
  });
  found.sort((a, b) => lats[a.place]! - lats[b.place]! || lngs[a.place]! - lngs[b.place]! || a.day - b.day);
  return {
    places: Uint32Array.from(found, ({ place }) => place),
    days: Uint16Array.from(found, ({ day }) => day),
    monthOnly,
  };
}
