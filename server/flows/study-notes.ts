import { monthOnlySlot } from '../count/columns.ts';
import { sumBySlot } from '../count/sums.ts';
import { type DateRange, defaultResolution, type Filter } from '../model.ts';
import { tallyFilter } from './count-filter.ts';
import { heldMonths } from './describe-catalog.ts';
import type { Holdings } from './load-holdings.ts';

/** Profiles whose points are moved to a fixed list of street points before they are published. */
const anonymisedProfiles = new Set(['police-uk-street']);

/** Whether any source moves its points to a fixed list of street points. */
export function hasSnapPoints({ sources }: Holdings): boolean {
  return sources.some(({ profile }) => anonymisedProfiles.has(profile));
}

/** What the data themselves do not bear: cells finer than their points, days finer than their months. */
export async function sourceNotes(holdings: Holdings, filter: Filter, resolution: number): Promise<string[]> {
  const notes: string[] = [];
  if (resolution > defaultResolution && hasSnapPoints(holdings)) {
    notes.push(
      `Cells of resolution ${resolution} are finer than the anonymisation of data.police.uk: they show its snap points, not where incidents were. Use resolution ${defaultResolution} or coarser.`,
    );
  }
  const { compare: _, ...plain } = filter;
  const { current: counts } = await tallyFilter(holdings, plain);
  const monthOnly = sumBySlot(holdings.columns, counts)[monthOnlySlot]!;
  if (monthOnly > 0) {
    notes.push(
      `${monthOnly.toLocaleString('en-GB')} of ${counts.total.toLocaleString('en-GB')} incidents are known by month only: they have no hour or weekday, and count on the first day of their month.`,
    );
  }
  return notes;
}

/** Months of either period in which nothing at all is held: gaps, which a comparison would read as zeros. */
export function periodNotes(
  holdings: Holdings,
  periods: { readonly current: DateRange; readonly previous: DateRange | null },
): string[] {
  const held = new Set(heldMonths(holdings));
  const gaps = [periods.current, periods.previous]
    .flatMap((range) => (range ? monthsOf(range) : []))
    .filter((month) => !held.has(month));
  if (gaps.length === 0) return [];
  return [
    `No data are held for ${gaps.length > 4 ? `${gaps.length} months, the first ${gaps[0]}` : gaps.join(', ')}: these are gaps, not zeros.`,
  ];
}

/** Whether anything is held in any month of a range. */
export function isHeld(holdings: Holdings, range: DateRange): boolean {
  const held = new Set(heldMonths(holdings));
  return monthsOf(range).some((month) => held.has(month));
}

/** The months that a range of days touches. */
export function monthsOf({ from, to }: DateRange): string[] {
  const months: string[] = [];
  let [year = 0, month = 1] = from.split('-').map(Number);
  for (;;) {
    const name = `${year}-${String(month).padStart(2, '0')}`;
    if (name > to.slice(0, 7)) return months;
    months.push(name);
    month++;
    if (month > 12) [year, month] = [year + 1, 1];
  }
}

/** The days of a month. */
export function monthRange(month: string): DateRange {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) };
}

/** How many days a range holds. */
export function daysIn({ from, to }: DateRange): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}
