import type { DateRange } from '../model.ts';
import { addMonths, dayNumber, dayOf, isWholeMonths } from './calendar.ts';
import type { Columns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';

/** Splits a range of days into periods, oldest first: whole months where the range is months and they divide, else days. */
export function equalPeriods({ from, to }: DateRange, steps: number): DateRange[] | null {
  if (isWholeMonths(from, to)) {
    const months =
      Number(to.slice(0, 4)) * 12 +
      Number(to.slice(5, 7)) -
      Number(from.slice(0, 4)) * 12 -
      Number(from.slice(5, 7)) +
      1;
    if (months % steps === 0) {
      const length = months / steps;
      return Array.from({ length: steps }, (_, step) => ({
        from: addMonths(from, step * length),
        to: dayOf(dayNumber(addMonths(from, (step + 1) * length)) - 1),
      }));
    }
  }
  const first = dayNumber(from);
  const length = Math.floor((dayNumber(to) - first + 1) / steps);
  if (length < 1) return null;
  // what does not divide is left off the oldest end, so that the newest period is whole
  const start = dayNumber(to) + 1 - length * steps;
  return Array.from({ length: steps }, (_, step) => ({
    from: dayOf(start + step * length),
    to: dayOf(start + (step + 1) * length - 1),
  }));
}

/** Matching incidents by place for each of several periods, in one pass over the columns. */
export function countPeriods(columns: Columns, filter: CompiledFilter, periods: readonly DateRange[]): Uint32Array[] {
  const places = columns.places.ids.length;
  const byPeriod = periods.map(() => new Uint32Array(places));
  const periodOfDay = new Int16Array(65_536).fill(-1);
  periods.forEach(({ from, to }, period) => {
    periodOfDay.fill(period, Math.max(0, dayNumber(from)), Math.max(0, dayNumber(to) + 1));
  });
  const { codes, days, placeStart } = columns;
  for (let place = 0; place < places; place++) {
    if (filter.placePasses && filter.placePasses[place] === 0) continue;
    const end = placeStart[place + 1]!;
    for (let incident = placeStart[place]!; incident < end; incident++) {
      const period = periodOfDay[days[incident]!]!;
      if (period >= 0 && filter.codePasses[codes[incident]!] === 1) byPeriod[period]![place]!++;
    }
  }
  return byPeriod;
}
