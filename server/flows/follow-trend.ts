import type { Trend } from '../analyses-model.ts';
import { addMonths, dayNumber } from '../count/calendar.ts';
import { sumByDay } from '../count/sums.ts';
import type { DateRange, Filter } from '../model.ts';
import { type ControlMonth, controlLimits } from '../statistics/control-limits.ts';
import { mannKendall } from '../statistics/mann-kendall.ts';
import { sameMonthLastYear } from '../statistics/same-month-last-year.ts';
import { dateExtent, tallyFilter } from './count-filter.ts';
import { heldMonths } from './describe-catalog.ts';
import type { Holdings } from './load-holdings.ts';
import { countDays, gapNotes, lastDayOf, type MonthSpan, monthSpans, sourceSpanNotes } from './month-spans.ts';
import { sourceNotes } from './study-notes.ts';
import { vintageNotes } from './vintage-notes.ts';
import { pWords, whole } from './wording.ts';

/** The usual three sigma: one ordinary month in five hundred is called exceptional. */
const alpha = 0.002;
/** With fewer no order of values could be told from chance. */
const fewestMonths = 4;
/** Under this many the normal p of Mann–Kendall is rough. */
const manyMonths = 10;
const wideDispersion = 2;

/** Monthly counts: their direction, each beside the year before, and the months that are out of the ordinary. */
export async function followTrend(holdings: Holdings, filter: Filter): Promise<Trend> {
  // the year before the range is counted too, so the range is left out of the filter
  const { from: _, to: __, compare: ___, ...rest } = filter;
  const { current } = await tallyFilter(holdings, rest);
  const spans = monthSpans(holdings, filter);
  const byDay = sumByDay(current);
  const countOf = (range: DateRange) => sumDays(holdings, byDay, range);
  const counts = spans.map((span) => (span.held && span.days > 0 ? countOf(span) : null));
  const limits = limitsOf(spans, counts);
  const held = new Set(heldMonths(holdings));
  const months = spans.map((span, at) => ({
    month: span.month,
    count: counts[at]!,
    days: span.days,
    partial: span.partial,
    ...limits.months[at]!,
    ...yearBefore(span, counts[at]!, filter, held, countOf),
  }));
  const wholeMonths = spans.flatMap(({ partial }, at) => (partial || counts[at] === null ? [] : [counts[at]!]));
  const direction = directionOf(wholeMonths);
  return {
    version: holdings.columns.version,
    total: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    from: spans[0]?.from ?? null,
    to: spans.at(-1)?.to ?? null,
    months,
    mannKendall: direction,
    dispersion: limits.dispersion,
    alpha,
    finding: direction && describe(direction, months),
    notes: [
      ...(await rangeNotes(holdings, filter, spans)),
      ...boundaryNotes(holdings, filter, spans),
      ...statisticNotes(wholeMonths, spans, limits.dispersion),
      ...sourceSpanNotes(holdings, spans),
    ],
  };
}

function sumDays({ columns }: Holdings, byDay: Uint32Array, { from, to }: DateRange): number {
  let sum = 0;
  const last = dayNumber(to) - columns.firstDay;
  for (let day = Math.max(0, dayNumber(from) - columns.firstDay); day <= last; day++) sum += byDay[day] ?? 0;
  return sum;
}

type Limits = Pick<Trend['months'][number], 'expected' | 'lower' | 'upper' | 'exceptional'>;

/** Control limits from all months; a month of no days at all (a weekday that did not occur) has none. */
function limitsOf(spans: readonly MonthSpan[], counts: readonly (number | null)[]) {
  const exposures = spans.map(({ days }) => Math.max(1, days));
  const limits = spans.length > 0 ? controlLimits(counts, { exposures, alpha }) : null;
  const none: Limits = { expected: null, lower: null, upper: null, exceptional: null };
  const limitsOfMonth = ({ expected, lower, upper, exceptional }: ControlMonth): Limits => ({
    expected,
    lower,
    upper,
    exceptional,
  });
  return {
    dispersion: limits?.dispersion ?? null,
    months: spans.map(({ days }, at) => (limits && days > 0 ? limitsOfMonth(limits.months[at]!) : none)),
  };
}

/** A month beside the same days of the year before, which may lie before the range. */
function yearBefore(
  span: MonthSpan,
  count: number | null,
  filter: Filter,
  held: ReadonlySet<string>,
  countOf: (range: DateRange) => number,
) {
  const from = addMonths(span.from, -12);
  const month = from.slice(0, 7);
  // the end of a whole February is its own year's
  const to = span.to === lastDayOf(span.month) ? lastDayOf(month) : addMonths(span.to, -12);
  const days = countDays({ from, to }, filter.weekdays);
  const isHeld = held.has(month) && days > 0;
  const row = Array<number | null>(13).fill(null);
  row[0] = isHeld ? countOf({ from, to }) : null;
  row[12] = count;
  const exposures = row.map((_, at) => Math.max(1, at === 0 ? days : span.days));
  const { previous, change, percentChange, p } = sameMonthLastYear(row, exposures)[12]!;
  return { previous, change, percentChange, p };
}

function directionOf(counts: readonly number[]): Trend['mannKendall'] {
  if (counts.length < fewestMonths) return null;
  const { s, z, p } = mannKendall(counts);
  return { s, z, p, months: counts.length, direction: p > 0.05 ? 'none' : s > 0 ? 'rising' : 'falling' };
}

function describe(
  { direction, p, months: compared }: NonNullable<Trend['mannKendall']>,
  months: Trend['months'],
): string {
  const trend =
    direction === 'none'
      ? `The counts show no clear trend over ${compared} months (${pWords(p)})`
      : `The counts are ${direction} over ${compared} months (${pWords(p)})`;
  const exceptional = months.filter((month) => month.exceptional !== null);
  if (exceptional.length === 0) return `${trend}; no month is out of the ordinary.`;
  const named = exceptional.map(({ month, exceptional: side }) => `${month} (${side})`);
  const list = named.length > 4 ? `${named.length} of them, the last ${named.at(-1)}` : named.join(', ');
  return `${trend}; months out of the ordinary: ${list}.`;
}

async function rangeNotes(holdings: Holdings, filter: Filter, spans: readonly MonthSpan[]): Promise<string[]> {
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return ['No data are held in this period: there is nothing to count.'];
  const partial = spans.filter((span) => span.partial).map(({ month }) => month);
  return [
    ...gapNotes(spans),
    ...(partial.length > 0
      ? [
          `Only part of ${partial.join(' and ')} is covered: its limits are for those days, and the trend leaves it out.`,
        ]
      : []),
    ...(await sourceNotes(holdings, { ...filter, from: first.from, to: last.to }, 0)),
  ];
}

/** The months before the range are counted too: each month stands beside the year before. */
function boundaryNotes(holdings: Holdings, filter: Filter, spans: readonly MonthSpan[]): string[] {
  const [first, last] = [spans[0], spans.at(-1)];
  const extent = dateExtent(holdings);
  if (!first || !last || !extent) return [];
  const from = [extent.from, addMonths(first.from, -12)].sort()[1] as string;
  return vintageNotes(holdings, filter, { current: { from, to: last.to }, previous: null });
}

function statisticNotes(counts: readonly number[], spans: readonly MonthSpan[], dispersion: number | null): string[] {
  const notes: string[] = [];
  if (spans.length > 0 && counts.length < fewestMonths) {
    notes.push(
      `${counts.length} whole months are too few to tell a trend from chance: at least ${fewestMonths} are needed.`,
    );
  } else if (counts.length >= fewestMonths && counts.length < manyMonths) {
    notes.push(`With ${counts.length} whole months the p of the trend is rough.`);
  }
  if (counts.length >= fewestMonths) {
    notes.push('The trend does not take out the seasons: compare whole years, or look at the same month last year.');
  }
  if (dispersion !== null && dispersion > wideDispersion) {
    notes.push(
      `The months vary more than chance alone (dispersion ${dispersion.toFixed(1)}, 1 would be chance): the limits are too narrow, so an exceptional month is a reason to look, not yet a finding.`,
    );
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length > 0 && total === 0) notes.push(`${whole(total)} incidents match in the months that are held.`);
  return notes;
}
