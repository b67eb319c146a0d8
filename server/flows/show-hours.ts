import type { Hours } from '../analyses-model.ts';
import { weekdaySlot } from '../count/columns.ts';
import { sumBySlot, withoutHour } from '../count/sums.ts';
import { countRanged, weekHours } from '../count/week-hours.ts';
import { type Filter, weekdayNames } from '../model.ts';
import { tallyFilter } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { sourceNotes } from './study-notes.ts';
import { percent, whole } from './wording.ts';

/** Hours in a row that a peak is made of: half a shift. */
const runLength = 4;
const weekdayTitles = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** When in the week incidents happen; those with a from–to range are spread over its hours (aoristic). */
export async function showHours(holdings: Holdings, filter: Filter): Promise<Hours> {
  const { compiled, current } = await tallyFilter(holdings, filter);
  const { columns } = holdings;
  const slots = sumBySlot(columns, current);
  const week = Array.from(weekHours(columns, compiled, current), cleaned);
  const withHour = current.total - withoutHour(slots);
  const byHour = Array.from({ length: 24 }, (_, hour) => sumEvery(week, hour, 24));
  const byWeekday = weekdayNames.map((_, day) => sumOf(week.slice(day * 24, day * 24 + 24)));
  const peaks = withHour === 0 ? null : findPeaks(byHour, byWeekday, withHour);
  return {
    version: columns.version,
    total: current.total,
    withHour,
    withoutHour: withoutHour(slots),
    ranged: countRanged(columns, compiled),
    weekHours: week,
    byHour,
    byWeekday,
    withoutHourByWeekday: [...slots.slice(weekdaySlot, weekdaySlot + 7)],
    peaks,
    finding: peaks && describePeaks(peaks),
    notes: [...(await sourceNotes(holdings, filter, 0)), ...(await hourNotes(holdings, filter))],
  };
}

/** Taking a range out of its first hour and spreading it leaves a hair of rounding, which is not to be read as a count. */
function cleaned(value: number): number {
  return Math.abs(value) < 1e-9 ? 0 : value;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function sumEvery(week: readonly number[], hour: number, step: number): number {
  return sumOf(week.filter((_, at) => at % step === hour));
}

type Peaks = NonNullable<Hours['peaks']>;

function findPeaks(byHour: readonly number[], byWeekday: readonly number[], withHour: number): Peaks {
  const runs = byHour.map((_, from) => sumOf(Array.from({ length: runLength }, (_, at) => byHour[(from + at) % 24]!)));
  const [weekday, hour, run] = [highest(byWeekday), highest(byHour), highest(runs)];
  const peak = (count: number) => ({ count, share: count / withHour });
  return {
    weekday: { weekday: weekdayNames[weekday]!, ...peak(byWeekday[weekday]!) },
    hour: { hour, ...peak(byHour[hour]!) },
    run: { from: run, to: (run + runLength - 1) % 24, ...peak(runs[run]!) },
  };
}

/** The first of the highest values; sums that differ only by rounding are equal. */
function highest(values: readonly number[]): number {
  const most = Math.max(...values);
  return values.findIndex((value) => value >= most - 1e-9 * Math.max(1, most));
}

function describePeaks({ weekday, hour, run }: Peaks): string {
  const clock = (value: number) => `${String(value % 24).padStart(2, '0')}:00`;
  const day = weekdayTitles[weekdayNames.indexOf(weekday.weekday)];
  return `${day} is the busiest day (${percent(weekday.share)}), the hour from ${clock(hour.hour)} the busiest hour (${percent(hour.share)}); ${percent(run.share)} fall between ${clock(run.from)} and ${clock(run.to + 1)}.`;
}

/** Incidents that a filter on hours leaves out because theirs is not known. */
async function hourNotes(holdings: Holdings, filter: Filter): Promise<string[]> {
  if (!filter.hours) return [];
  const { hours: _, compare: __, ...rest } = filter;
  const { current } = await tallyFilter(holdings, rest);
  const unknown = withoutHour(sumBySlot(holdings.columns, current));
  if (unknown === 0) return [];
  return [
    `${whole(unknown)} more incidents have no hour, and so pass no filter on hours: they are not in these figures.`,
  ];
}
