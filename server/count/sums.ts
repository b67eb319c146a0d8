/** Sums of one pass's counts by cell, area, category, flag, month and hour of week. */
import { monthOf } from './calendar.ts';
import type { CellIndex } from './cell-index.ts';
import { type AreaLayer, type Columns, slotCount, weekdaySlot } from './columns.ts';
import type { Counts } from './count-incidents.ts';

/** Counts by cell, in the order of the index. */
export function sumByCell(index: CellIndex, byPlace: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(index.keys.length);
  for (let place = 0; place < byPlace.length; place++) sums[index.cellOfPlace[place]!]! += byPlace[place]!;
  return sums;
}

/** Counts by area, in the order of the layer, and those of places in none of its areas. */
export function sumByArea(layer: AreaLayer, byPlace: Uint32Array): { inside: Uint32Array; outside: number } {
  const inside = new Uint32Array(layer.areas.length);
  let outside = 0;
  for (let place = 0; place < byPlace.length; place++) {
    const area = layer.areaOfPlace[place] as number;
    if (area < 0) outside += byPlace[place] as number;
    else inside[area]! += byPlace[place] as number;
  }
  return { inside, outside };
}

/** Counts by category code exactly as incidents carry it; categories without any are left out. */
export function sumByCategory(columns: Columns, counts: Counts): Map<string, number> {
  const sums = new Map<string, number>();
  counts.byCode.forEach((count, code) => {
    if (count === 0) return;
    const category = columns.categories[columns.codeCategory[code] as number] as string;
    sums.set(category, (sums.get(category) ?? 0) + count);
  });
  return sums;
}

/** Counts by flag; an incident with two flags counts for both. */
export function sumByFlag(columns: Columns, counts: Counts): Map<string, number> {
  const sums = new Map<string, number>();
  counts.byCode.forEach((count, code) => {
    if (count === 0) return;
    for (const flag of columns.flagSets[columns.codeFlagSet[code] as number] ?? []) {
      sums.set(flag, (sums.get(flag) ?? 0) + count);
    }
  });
  return sums;
}

/** Counts by month; months without any are left out. */
export function sumByMonth(columns: Columns, counts: Counts): Map<string, number> {
  const sums = new Map<string, number>();
  counts.byDay.forEach((count, day) => {
    if (count === 0) return;
    const month = monthOf(columns.firstDay + day);
    sums.set(month, (sums.get(month) ?? 0) + count);
  });
  return sums;
}

/** Counts by hour-of-week slot, the slots without hour included. */
export function sumBySlot(columns: Columns, counts: Counts): Float64Array {
  const sums = new Float64Array(slotCount);
  counts.byCode.forEach((count, code) => {
    sums[columns.codeSlot[code] as number]! += count;
  });
  return sums;
}

/** Matching incidents whose hour is not known. */
export function withoutHour(slots: Float64Array): number {
  return slots.subarray(weekdaySlot).reduce((sum, count) => sum + count, 0);
}
