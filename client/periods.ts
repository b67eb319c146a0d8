import type { DateRange } from '../server/model.ts';
import { formatDays, lastDayOf } from './format.ts';

export type Period = DateRange & { readonly label: string };
export type PeriodGroup = { readonly label: string; readonly periods: readonly Period[] };

/** The quick picks within the days held: the latest months, each year, each quarter, newest first. */
export function periodsWithin(extent: DateRange): PeriodGroup[] {
  const lastMonth = extent.to.slice(0, 7);
  const recent = [12, 6, 3, 1]
    .map((months) => latestMonths(extent, months))
    .filter((period): period is Period => period !== null);
  const years = yearsDown(lastMonth, extent.from.slice(0, 7)).map((year) => clip(extent, `${year}-01`, `${year}-12`));
  const quarters = yearsDown(lastMonth, extent.from.slice(0, 7)).flatMap((year) =>
    [4, 3, 2, 1].map((quarter) => ({
      ...clip(extent, addMonths(`${year}-01`, quarter * 3 - 3), addMonths(`${year}-01`, quarter * 3 - 1)),
      label: `${quarterNames[quarter - 1]} ${year}`,
    })),
  );
  const groups = [
    { label: 'Latest', periods: recent },
    { label: 'Years', periods: years.map((year) => ({ ...year, label: year.from.slice(0, 4) })) },
    { label: 'Quarters', periods: quarters.filter(({ from, to }) => from <= to) },
  ];
  return groups.filter((group) => group.periods.length > 0);
}

/** The last `months` calendar months of the data, null when the data is no longer than that. */
export function latestMonths(extent: DateRange, months: number): Period | null {
  const lastMonth = extent.to.slice(0, 7);
  const from = `${addMonths(lastMonth, 1 - months)}-01`;
  if (from <= extent.from) return null;
  return { from, to: extent.to, label: months === 1 ? 'Last month' : `Last ${months} months` };
}

/** The months from one to another, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** A month some months later (or earlier). */
export function addMonths(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The part of a range that lies within another; days are text, so they compare as text. */
export function within(extent: DateRange, { from, to }: DateRange): DateRange {
  return {
    from: [from, extent.from].sort().at(-1) as string,
    to: [to, extent.to].sort()[0] as string,
  };
}

const quarterNames = ['January to March', 'April to June', 'July to September', 'October to December'];

function clip(extent: DateRange, firstMonth: string, lastMonth: string): Period {
  const [start, end] = [`${firstMonth}-01`, lastDayOf(lastMonth)];
  const range = within(extent, { from: start, to: end });
  return { ...range, label: formatDays(range.from, range.to) };
}

function yearsDown(lastMonth: string, firstMonth: string): number[] {
  const [last, first] = [Number(lastMonth.slice(0, 4)), Number(firstMonth.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => last - index);
}
