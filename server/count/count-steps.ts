import type { DateRange } from '../model.ts';
import { shared } from '../shared-array.ts';
import { addMonths, dayNumber, dayOf, isWholeMonths } from './calendar.ts';
import type { CountedColumns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { forEachStretch, passingPlaces } from './stretches.ts';

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

/** Matching incidents by place with a point for each of several periods, in one pass over the columns. */
export function countPeriods(
  columns: CountedColumns,
  filter: CompiledFilter,
  periods: readonly DateRange[],
): Uint32Array[] {
  const byPeriod = periods.map(() => shared(Uint32Array, columns.pointPlaces));
  const periodOfDay = periodsByDay(columns, filter, periods);
  const { codes, days, runPlace, runStart, pointPlaces } = columns;
  const { codePasses } = filter;
  forEachStretch(columns, filter, passingPlaces(columns, filter), ({ firstRun, endRun }) => {
    for (let run = firstRun; run < endRun; run++) {
      const place = runPlace[run]!;
      if (place >= pointPlaces) continue;
      const end = runStart[run + 1]!;
      for (let incident = runStart[run]!; incident < end; incident++) {
        const period = periodOfDay[days[incident]!]!;
        if (period >= 0 && codePasses[codes[incident]!] === 1) byPeriod[period]![place]!++;
      }
    }
  });
  return byPeriod;
}

/** The period of each day that passes; −1 for none. */
function periodsByDay(
  columns: CountedColumns,
  { dayPasses }: CompiledFilter,
  periods: readonly DateRange[],
): Int16Array {
  const periodOfDay = new Int16Array(columns.lastDay + 1).fill(-1);
  periods.forEach(({ from, to }, period) => {
    const last = Math.min(columns.lastDay, dayNumber(to));
    for (let day = Math.max(0, dayNumber(from)); day <= last; day++)
      if (dayPasses[day] === 1) periodOfDay[day] = period;
  });
  return periodOfDay;
}
