import type { Quality } from '../import-model.ts';
import { compareWithOthers, fewestOthers, outlierLimit } from '../statistics/compare-with-others.ts';
import { daysIn, monthRange, monthsOf } from './study-notes.ts';

type Counts = ReadonlyMap<string, number>;

/** Less than this share above or below the usual is no sudden change, however steady the other months are. */
const leastChange = 0.2;

/** Whether an import has too few months to be judged by themselves. */
export function needsMoreMonths(months: Counts): boolean {
  return months.size > 0 && months.size <= fewestOthers;
}

/**
 * Each month from the first to the last, with those that are missing and those that differ suddenly from the others: from
 * all other months, or, where these are too few, from the months given for comparison.
 */
export function judgeMonths(months: Counts, comparison: Counts = months): Quality['months'] {
  const names = [...months.keys()].sort();
  if (names.length === 0) return [];
  const all = monthsOf({ from: `${names[0]}-01`, to: `${names.at(-1)}-31` });
  return all.map((month) => judge(month, months.get(month) ?? 0, comparison));
}

function judge(month: string, incidents: number, comparison: Counts): Quality['months'][number] {
  const others = [...comparison].filter(([other]) => other !== month);
  const found = compareWithOthers(
    incidents,
    daysOf(month),
    others.map(([, count]) => count),
    others.map(([other]) => daysOf(other)),
  );
  const missing = incidents === 0;
  const sudden = found !== null && !missing && isSudden(incidents, found.usual, found.z);
  return { month, incidents, missing, usual: found && Math.round(found.usual), sudden };
}

function isSudden(incidents: number, usual: number, z: number): boolean {
  return Math.abs(z) > outlierLimit && Math.abs(incidents - usual) >= leastChange * usual;
}

function daysOf(month: string): number {
  return daysIn(monthRange(month));
}
