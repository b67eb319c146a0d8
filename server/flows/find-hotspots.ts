import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AreaLayer } from '../count/columns.ts';
import { compileFilter } from '../count/compile-filter.ts';
import { InputError } from '../errors.ts';
import type { HarmIndex } from '../import/harm-index.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { Filter, Hotspots, MeasureOptions } from '../model.ts';
import type { Database } from '../store/database.ts';
import { inThread, task } from '../threads.ts';
import { dateExtent } from './count-filter.ts';
import { countByPeriod } from './count-periods.ts';
import { heldMonths } from './describe-catalog.ts';
import { describeHotspot, type HotspotContext, type HotspotOutline } from './describe-hotspot.ts';
import type { Holdings } from './load-holdings.ts';
import { type MeasuredCells, measureCells } from './measure-cells.ts';
import { mergeTouching } from './merge-touching.ts';
import { type PackedColumn, valueAt } from './packed-column.ts';
import { prepareCells } from './prepare-cells.ts';
import type { hotInEach } from './statistics-work.ts';
import { cellAt, sumEach } from './study-area.ts';
import { daysIn, monthRange } from './study-notes.ts';

export type HotspotOptions = MeasureOptions & {
  readonly rank: 'count' | 'z' | 'harm';
  readonly period: 'day' | 'night' | 'all';
  readonly limit: number;
};

/** Twelve-hour shifts, as forces rank day and night apart. */
const shifts = { day: range(7, 18), night: [...range(0, 6), ...range(19, 23)], all: undefined } as const;
const recentMonths = 12;
const hotMonthsTask = task<typeof hotInEach>(new URL('./statistics-work.ts', import.meta.url), 'hotInEach');

/** Ranked places: cells significantly hot under the filter, merged where they touch, each described from its incidents. */
export async function findHotspots(
  database: Database,
  holdings: Holdings,
  taxonomy: Taxonomy,
  harm: HarmIndex | null,
  wholeFilter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  options: HotspotOptions,
): Promise<Hotspots> {
  if (options.rank === 'harm' && !harm)
    throw new InputError('rank: no harm index is installed; put one into data/harm (data/README.md says how)');
  const filter = inShift(wholeFilter, options.period);
  const measures: MeasureOptions = {
    ...options,
    measures: ['giStar', ...(filter.compare ? (['change'] as const) : []), ...(harm ? (['harm'] as const) : [])],
  };
  const measured = await measureCells(database, holdings, harm, filter, layer, resolution, measures);
  const hot = cellsWith(measured, 'giStarClass', ['hot95', 'hot99']);
  const context = await describeContext(holdings, taxonomy, filter, layer, measured, options);
  const merged = mergeTouching(hot, measured.study.neighbours);
  await nextTurn();
  const found = merged.map((cells) => outline(context, cells));
  await nextTurn();
  const ranked = found.sort(order(options.rank)).slice(0, options.limit);
  return {
    version: holdings.columns.version,
    total: measured.total,
    located: measured.located,
    rank: options.rank,
    period: options.period,
    found: found.length,
    study: measured.description,
    notes: [...measured.notes, ...shiftNotes(options.period, measured)],
    hotspots: await describeEach(context, ranked),
  };
}

async function describeEach(context: HotspotContext, ranked: readonly HotspotOutline[]): Promise<Hotspots['hotspots']> {
  const described: Hotspots['hotspots'] = [];
  for (const place of ranked) {
    described.push({ rank: described.length + 1, ...(await describeHotspot(context, place)) });
  }
  return described;
}

function inShift(filter: Filter, period: HotspotOptions['period']): Filter {
  const hours = shifts[period];
  if (!hours) return filter;
  const both = filter.hours?.filter((hour) => hours.includes(hour)) ?? hours;
  if (both.length === 0)
    throw new InputError(
      `period: none of the hours asked for lies in the ${period} (${period === 'day' ? '7 to 18' : '19 to 6'})`,
    );
  return { ...filter, hours: both };
}

function shiftNotes(period: HotspotOptions['period'], measured: MeasuredCells): string[] {
  if (period === 'all' || measured.total > 0) return [];
  return [`No matching incident has an hour: a ranking by ${period} needs data with times.`];
}

async function describeContext(
  holdings: Holdings,
  taxonomy: Taxonomy,
  filter: Filter,
  layer: AreaLayer | null,
  measured: MeasuredCells,
  options: HotspotOptions,
): Promise<HotspotContext> {
  const { columns } = holdings;
  const { compare: _, ...plain } = filter;
  const { current, previous } = measured.periods;
  return {
    columns,
    index: await prepareCells(holdings, measured.study.resolution),
    taxonomy,
    layer,
    measured,
    current: compileFilter(columns, plain),
    previous: previous && compileFilter(columns, { ...plain, ...previous }),
    exposures: { first: daysIn(current), second: previous ? daysIn(previous) : 1 },
    hotByMonth: await monthsHot(holdings, plain, measured, options),
    total: measured.located,
  };
}

/** For each of the last twelve months held, up to the filter's end, which cells of the study were hot in it. */
async function monthsHot(holdings: Holdings, filter: Filter, measured: MeasuredCells, options: MeasureOptions) {
  const end = filter.to ?? dateExtent(holdings)?.to ?? '';
  const months = heldMonths(holdings)
    .filter((month) => month <= end.slice(0, 7))
    .slice(-recentMonths);
  const counts = await countByPeriod(holdings, filter, months.map(monthRange));
  const byStep = await sumEach(holdings, measured.study, counts);
  const correction = options.correction === 'fdr' ? 'benjamini-hochberg' : options.correction;
  return inThread(hotMonthsTask, byStep, measured.study.neighbours, { correction });
}

/** What ranks a place; only those ranked high enough are described. */
function outline({ measured }: HotspotContext, positions: readonly number[]): HotspotOutline {
  const strongest = strongestCell(measured, positions);
  return {
    // the strongest cell stays the same while a place grows or shrinks at its edges
    id: `hotspot-${cellAt(measured.study, strongest)}`,
    positions,
    count: sumOf(measured, 'count', positions) ?? 0,
    z: numberAt(measured, 'giStarZ', strongest),
    q: numberAt(measured, 'giStarQ', strongest),
    harm: sumOf(measured, 'harm', positions),
  };
}

function columnOf(measured: MeasuredCells, name: string): PackedColumn | undefined {
  return measured.columns.find((column) => column.name === name);
}

/** For each cell whether its value is one of some words. */
function cellsWith(measured: MeasuredCells, name: string, words: readonly string[]): boolean[] {
  const column = columnOf(measured, name);
  const numbers = new Set(words.map((word) => column?.words?.indexOf(word)));
  return Array.from(column?.numbers ?? [], (number) => numbers.has(number));
}

function numberAt(measured: MeasuredCells, name: string, position: number): number | null {
  const column = columnOf(measured, name);
  const value = column ? valueAt(column, position) : null;
  return typeof value === 'number' ? value : null;
}

function sumOf(measured: MeasuredCells, name: string, positions: readonly number[]): number | null {
  const column = columnOf(measured, name);
  return column ? positions.reduce((sum, position) => sum + Number(valueAt(column, position)), 0) : null;
}

function strongestCell(measured: MeasuredCells, positions: readonly number[]): number {
  const z = (position: number) => numberAt(measured, 'giStarZ', position) ?? Number.NEGATIVE_INFINITY;
  return positions.reduce((best, position) => (z(position) > z(best) ? position : best));
}

function order(rank: HotspotOptions['rank']) {
  const by = { count: 'count', z: 'z', harm: 'harm' } as const;
  return (a: HotspotOutline, b: HotspotOutline) =>
    (b[by[rank]] ?? 0) - (a[by[rank]] ?? 0) || b.count - a.count || (a.id < b.id ? -1 : 1);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
