/** Sums of one pass's counts by cell, area, category, flag, month and hour of week. */
import { monthOf, weekdayOf } from './calendar.ts';
import type { CellIndex } from './cell-index.ts';
import {
  type Columns,
  dayOnlyHour,
  hoursPerCode,
  monthOnlyHour,
  monthOnlySlot,
  slotCount,
  weekdaySlot,
} from './columns.ts';
import type { Tallies } from './tallies.ts';

/** Counts by cell, in the order of the index. */
export function sumByCell(index: Pick<CellIndex, 'keys' | 'cellOfPlace'>, byPlace: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(index.keys.length);
  const { cellOfPlace } = index;
  for (let place = 0; place < byPlace.length; place++) sums[cellOfPlace[place]!]! += byPlace[place]!;
  return sums;
}

/** Counts by category code exactly as incidents carry it; categories without any are left out. */
export function sumByCategory(columns: Columns, { byCode }: Tallies): Map<string, number> {
  const sums = new Map<string, number>();
  sumByPair(byCode).forEach((count, pair) => {
    if (count === 0) return;
    const category = columns.categories[columns.pairCategory[pair]!]!;
    sums.set(category, (sums.get(category) ?? 0) + count);
  });
  return sums;
}

/** Counts by flag; an incident with two flags counts for both. */
export function sumByFlag(columns: Columns, { byCode }: Tallies): Map<string, number> {
  const sums = new Map<string, number>();
  sumByPair(byCode).forEach((count, pair) => {
    if (count === 0) return;
    for (const flag of columns.flagSets[columns.pairFlagSet[pair]!] ?? [])
      sums.set(flag, (sums.get(flag) ?? 0) + count);
  });
  return sums;
}

/** Counts by combination of category and flags. */
function sumByPair(byCode: Uint32Array): Uint32Array {
  const sums = new Uint32Array(byCode.length / hoursPerCode);
  byCode.forEach((count, code) => {
    sums[Math.floor(code / hoursPerCode)]! += count;
  });
  return sums;
}

/** Counts by day, from the first day held on. */
export function sumByDay({ byDayHour }: Tallies): Uint32Array {
  const sums = new Uint32Array(byDayHour.length / hoursPerCode);
  byDayHour.forEach((count, at) => {
    sums[Math.floor(at / hoursPerCode)]! += count;
  });
  return sums;
}

/** Counts by month; months without any are left out. */
export function sumByMonth({ firstDay }: Columns, tallies: Tallies): Map<string, number> {
  const sums = new Map<string, number>();
  sumByDay(tallies).forEach((count, day) => {
    if (count === 0) return;
    const month = monthOf(firstDay + day);
    sums.set(month, (sums.get(month) ?? 0) + count);
  });
  return sums;
}

/** Counts by hour-of-week slot, the slots without hour included. */
export function sumBySlot({ firstDay }: Columns, { byDayHour }: Tallies): Float64Array {
  const sums = new Float64Array(slotCount);
  byDayHour.forEach((count, at) => {
    if (count > 0) sums[slotOf(weekdayOf(firstDay + Math.floor(at / hoursPerCode)), at % hoursPerCode)]! += count;
  });
  return sums;
}

function slotOf(weekday: number, hour: number): number {
  if (hour === monthOnlyHour) return monthOnlySlot;
  return hour === dayOnlyHour ? weekdaySlot + weekday : weekday * 24 + hour;
}

/** Matching incidents whose hour is not known. */
export function withoutHour(slots: Float64Array): number {
  return slots.subarray(weekdaySlot).reduce((sum, count) => sum + count, 0);
}
