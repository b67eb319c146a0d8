import { sharedCopy } from '../shared-array.ts';
import { mostDaysInMonth } from './calendar.ts';
import { type CountedColumns, hoursPerCode } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { emptyTallies, type Tallies } from './tallies.ts';

/**
 * How many incidents of each code are held on each day, wherever they are: ten million make some hundred thousand entries.
 * What a filter without areas tallies is summed from them, without a look at any incident.
 */
export type DailyCodes = {
  /** Days since 1970-01-01. */
  readonly day: Uint16Array;
  readonly code: Uint32Array;
  readonly count: Uint32Array;
  /** Those of the count that are at a place with a point. */
  readonly located: Uint32Array;
};

/** Counts the incidents of each month by day and code. */
export function buildDailyCodes(columns: Omit<CountedColumns, 'bitmaps'>): DailyCodes {
  const { monthFirstDay, monthRun, runPlace, runStart, codes, days, pairs, pointPlaces } = columns;
  const codesPerDay = pairs * hoursPerCode;
  const count = new Uint32Array(mostDaysInMonth * codesPerDay);
  const located = new Uint32Array(mostDaysInMonth * codesPerDay);
  const found: { day: number[]; code: number[]; count: number[]; located: number[] } = {
    day: [],
    code: [],
    count: [],
    located: [],
  };
  monthFirstDay.forEach((firstDay, month) => {
    const met: number[] = [];
    for (let run = monthRun[month]!; run < monthRun[month + 1]!; run++) {
      const isLocated = runPlace[run]! < pointPlaces ? 1 : 0;
      for (let incident = runStart[run]!; incident < runStart[run + 1]!; incident++) {
        const slot = (days[incident]! - firstDay) * codesPerDay + codes[incident]!;
        if (count[slot] === 0) met.push(slot);
        count[slot]!++;
        located[slot]! += isLocated;
      }
    }
    for (const slot of met.sort((a, b) => a - b)) {
      found.day.push(firstDay + Math.floor(slot / codesPerDay));
      found.code.push(slot % codesPerDay);
      found.count.push(count[slot]!);
      found.located.push(located[slot]!);
      count[slot] = 0;
      located[slot] = 0;
    }
  });
  return {
    day: sharedCopy(Uint16Array, found.day),
    code: sharedCopy(Uint32Array, found.code),
    count: sharedCopy(Uint32Array, found.count),
    located: sharedCopy(Uint32Array, found.located),
  };
}

/** Tallies what passes a filter that names no areas. */
export function tallyDailyCodes(
  columns: Pick<CountedColumns, 'pairs' | 'firstDay' | 'lastDay'> & { readonly daily: DailyCodes },
  { codePasses, dayPasses }: CompiledFilter,
): Tallies {
  const { day, code, count, located } = columns.daily;
  const { byCode, byDayHour } = emptyTallies(columns);
  let [total, totalLocated] = [0, 0];
  for (let entry = 0; entry < day.length; entry++) {
    if ((codePasses[code[entry]!]! & dayPasses[day[entry]!]!) === 0) continue;
    const hour = code[entry]! % hoursPerCode;
    byCode[code[entry]!]! += count[entry]!;
    byDayHour[(day[entry]! - columns.firstDay) * hoursPerCode + hour]! += count[entry]!;
    total += count[entry]!;
    totalLocated += located[entry]!;
  }
  return { total, located: totalLocated, byCode, byDayHour };
}
