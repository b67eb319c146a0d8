import type { Columns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { isInRanges } from './place-ranges.ts';
import { sumBySlot } from './sums.ts';
import type { Tallies } from './tallies.ts';

const hoursPerWeek = 168;
const minutesPerWeek = 10_080;

/**
 * Counts by hour of the week, Monday 00:00 first. An incident with a from–to range is spread over the hours of its
 * range in proportion (aoristic; Ratcliffe 2002), weight 1 in total; under a filter on hours, over those that pass.
 */
export function weekHours(columns: Columns, filter: CompiledFilter, counts: Tallies): Float64Array {
  const hours = sumBySlot(columns, counts).slice(0, hoursPerWeek);
  const { incident, startMinuteOfWeek, minutes } = columns.ranges;
  for (let range = 0; range < incident.length; range++) {
    if (!rangePasses(columns, filter, range)) continue;
    const start = startMinuteOfWeek[range] as number;
    const weights = spread(start, minutes[range] as number, filter.weekHourPasses);
    hours[Math.floor(start / 60)]! -= 1;
    for (const [hour, weight] of weights) hours[hour]! += weight;
  }
  return hours;
}

/** How many matching incidents have a from–to range. */
export function countRanged(columns: Columns, filter: CompiledFilter): number {
  let count = 0;
  for (let range = 0; range < columns.ranges.incident.length; range++) if (rangePasses(columns, filter, range)) count++;
  return count;
}

function rangePasses(columns: Columns, filter: CompiledFilter, range: number): boolean {
  const incident = columns.ranges.incident[range] as number;
  const place = columns.ranges.place[range] as number;
  if (filter.places && !isInRanges(filter.places, place)) return false;
  return (filter.codePasses[columns.codes[incident]!]! & filter.dayPasses[columns.days[incident]!]!) === 1;
}

/** Weights by hour of week of a range that starts at a minute of the week; a week or longer says nothing about the hour. */
function spread(start: number, minutes: number, weekHourPasses: Uint8Array): Map<number, number> {
  const weights = new Map<number, number>();
  const end = start + Math.min(minutes, minutesPerWeek);
  let total = 0;
  for (let minute = start; minute < end; ) {
    const next = Math.min(end, (Math.floor(minute / 60) + 1) * 60);
    const hour = Math.floor(minute / 60) % hoursPerWeek;
    if (weekHourPasses[hour]) {
      weights.set(hour, (weights.get(hour) ?? 0) + next - minute);
      total += next - minute;
    }
    minute = next;
  }
  for (const [hour, weight] of weights) weights.set(hour, weight / total);
  return weights;
}
