import { cellIndex } from '../count/cell-index.ts';
import type { AreaLayer, Columns } from '../count/columns.ts';
import { type CompiledFilter, compileFilter } from '../count/compile-filter.ts';
import { type Counts, countIncidents } from '../count/count-incidents.ts';
import { countPeriods } from '../count/count-steps.ts';
import { sumByArea, sumByCategory } from '../count/sums.ts';
import { weekHours } from '../count/week-hours.ts';
import { InputError } from '../errors.ts';
import type { HarmIndex } from '../import/harm-index.ts';
import { streetName } from '../import/street-name.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import { areaOfCells, outlineOfCells } from '../locate/outline-of-cells.ts';
import { type Filter, type Hotspot, type Hotspots, type MeasureOptions, weekdayNames } from '../model.ts';
import type { emergingHotSpots } from '../statistics/emerging-hot-spots.ts';
import { poissonExactTest } from '../statistics/poisson-exact-test.ts';
import type { Database } from '../store/database.ts';
import { inThread, task } from '../threads.ts';
import { dateExtent } from './count-filter.ts';
import { heldMonths } from './describe-catalog.ts';
import type { Holdings } from './load-holdings.ts';
import { type MeasuredCells, measureCells } from './measure-cells.ts';
import { mergeTouching } from './merge-touching.ts';
import { sumByStudyCell } from './study-area.ts';
import { daysIn, monthRange } from './study-notes.ts';

export type HotspotOptions = MeasureOptions & {
  readonly rank: 'count' | 'z' | 'harm';
  readonly period: 'day' | 'night' | 'all';
  readonly limit: number;
};

/** Twelve-hour shifts, as forces rank day and night apart. */
const shifts = { day: range(7, 18), night: [...range(0, 6), ...range(19, 23)], all: undefined } as const;
const recentMonths = 12;
const emergingTask = task<typeof emergingHotSpots>(
  new URL('../statistics/emerging-hot-spots.ts', import.meta.url),
  'emergingHotSpots',
);

/** What the description of one place needs. */
type Context = {
  readonly columns: Columns;
  readonly taxonomy: Taxonomy;
  readonly layer: AreaLayer | null;
  readonly current: CompiledFilter;
  readonly previous: CompiledFilter | null;
  readonly exposures: { readonly first: number; readonly second: number };
  readonly measured: MeasuredCells;
  readonly hotByMonth: readonly (readonly boolean[])[];
  readonly total: number;
};

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
  const context = await describeContext(holdings, taxonomy, filter, layer, measured, options);
  const hot = valuesOf(measured, 'giStarClass').map((name) => name === 'hot95' || name === 'hot99');
  const places = mergeTouching(hot, measured.study.neighbours).map((cells) => describePlace(context, cells));
  const ranked = places.sort(order(options.rank)).slice(0, options.limit);
  return {
    version: holdings.columns.version,
    total: measured.total,
    located: measured.located,
    rank: options.rank,
    period: options.period,
    found: places.length,
    study: measured.description,
    notes: [...measured.notes, ...shiftNotes(options.period, measured)],
    hotspots: ranked.map((place, index) => ({ rank: index + 1, ...place })),
  };
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
): Promise<Context> {
  const { columns } = holdings;
  const { compare: _, ...plain } = filter;
  const { current, previous } = measured.periods;
  return {
    columns,
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
  const { from: _, to: __, ...anyTime } = filter;
  const counts = countPeriods(holdings.columns, compileFilter(holdings.columns, anyTime), months.map(monthRange));
  const byStep = counts.map((byPlace) => sumByStudyCell(holdings, measured.study, byPlace));
  const correction = options.correction === 'fdr' ? 'benjamini-hochberg' : options.correction;
  const { z, significant } = await inThread(emergingTask, byStep, measured.study.neighbours, { correction });
  return significant.map((cells, month) => cells.map((is, cell) => is && (z[month]?.[cell] ?? 0) > 0));
}

function describePlace(context: Context, positions: readonly number[]): Omit<Hotspot, 'rank'> {
  const { columns, measured, taxonomy, current, previous, exposures } = context;
  const cells = positions.map((position) => measured.study.cells[position]!);
  const inside = placesIn(context, positions);
  const counts = countIncidents(columns, { ...current, placePasses: both(current.placePasses, inside) });
  const earlier =
    previous && countIncidents(columns, { ...previous, placePasses: both(previous.placePasses, inside) }).total;
  const streets = topStreets(columns, counts);
  const strongest = strongestCell(measured, positions);
  const harm = sumOf(measured, 'harm', positions);
  return {
    // the strongest cell stays the same while a place grows or shrinks at its edges
    id: `hotspot-${measured.study.cells[strongest]}`,
    name: nameOf(streets, context, counts),
    areas: areasOf(context, counts),
    cells,
    polygon: outlineOfCells(cells),
    areaSquareKilometres: areaOfCells(cells),
    count: counts.total,
    share: context.total === 0 ? null : counts.total / context.total,
    previous: earlier,
    change: earlier === null ? null : counts.total - earlier,
    changeP: earlier === null ? null : poissonExactTest(counts.total, earlier, exposures),
    z: numberAt(measured, 'giStarZ', strongest),
    q: numberAt(measured, 'giStarQ', strongest),
    harm,
    ...peaks(weekHours(columns, { ...current, placePasses: inside }, counts)),
    categories: topCategories(columns, taxonomy, counts),
    streets,
    hotMonths: context.hotByMonth.filter((month) => positions.some((position) => month[position])).length,
    months: context.hotByMonth.length,
  };
}

/** Places whose cell is one of the hotspot's. */
function placesIn({ columns, measured }: Context, positions: readonly number[]): Uint8Array {
  const index = cellIndex(columns, measured.study.resolution);
  const keys = new Set(positions.map((position) => measured.study.keys[position]!));
  const wanted = index.keys.map((key) => (keys.has(key) ? 1 : 0));
  return Uint8Array.from(index.cellOfPlace, (cell) => wanted[cell]!);
}

function both(first: Uint8Array | null, second: Uint8Array): Uint8Array {
  return first ? second.map((passes, place) => passes & first[place]!) : second;
}

function valuesOf(measured: MeasuredCells, name: string): (number | string | null)[] {
  return Array.from(measured.columns.find((column) => column.name === name)?.values ?? []);
}

function numberAt(measured: MeasuredCells, name: string, position: number): number | null {
  const value = measured.columns.find((column) => column.name === name)?.values[position];
  return typeof value === 'number' ? value : null;
}

function sumOf(measured: MeasuredCells, name: string, positions: readonly number[]): number | null {
  const column = measured.columns.find((candidate) => candidate.name === name);
  return column ? positions.reduce((sum, position) => sum + Number(column.values[position] ?? 0), 0) : null;
}

function strongestCell(measured: MeasuredCells, positions: readonly number[]): number {
  const z = (position: number) => numberAt(measured, 'giStarZ', position) ?? Number.NEGATIVE_INFINITY;
  return positions.reduce((best, position) => (z(position) > z(best) ? position : best));
}

function topStreets({ places }: Columns, counts: Counts): { name: string; count: number }[] {
  const byName = new Map<string, number>();
  counts.byPlace.forEach((count, place) => {
    if (count === 0) return;
    const name = streetName(places.locations[places.locationOf[place]!]!);
    if (name) byName.set(name, (byName.get(name) ?? 0) + count);
  });
  return [...byName]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .slice(0, 5);
}

/** The two most frequent streets, as an officer would name the place; without any, its ward. */
function nameOf(streets: readonly { name: string }[], context: Context, counts: Counts): string {
  if (streets.length > 0)
    return streets
      .slice(0, 2)
      .map(({ name }) => name)
      .join(' / ');
  return areasOf(context, counts)[0]?.name ?? 'Place without a street name';
}

function areasOf({ layer }: Context, counts: Counts): Hotspot['areas'] {
  if (!layer) return [];
  const { inside } = sumByArea(layer, counts.byPlace);
  return layer.areas
    .map(({ code, name }, area) => ({ code, name, count: inside[area]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

function topCategories(columns: Columns, taxonomy: Taxonomy, counts: Counts): Hotspot['categories'] {
  return [...sumByCategory(columns, counts)]
    .map(([code, count]) => ({ code, name: taxonomy.nameOf(code) ?? code, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 5);
}

/** The four hours in a row and the two weekdays that hold most; null where no incident has an hour. */
function peaks(hours: Float64Array): Pick<Hotspot, 'peakHours' | 'peakDays'> {
  const total = hours.reduce((sum, count) => sum + count, 0);
  if (total === 0) return { peakHours: null, peakDays: null };
  const byHour = range(0, 23).map((hour) => range(0, 6).reduce((sum, day) => sum + hours[day * 24 + hour]!, 0));
  const windowSum = (from: number) => range(0, 3).reduce((sum, step) => sum + byHour[(from + step) % 24]!, 0);
  const from = range(0, 23).reduce((best, hour) => (windowSum(hour) > windowSum(best) ? hour : best));
  const byDay = weekdayNames.map((day, number) => ({
    day,
    count: hours.subarray(number * 24, number * 24 + 24).reduce((sum, count) => sum + count, 0),
  }));
  const busiest = byDay.sort((a, b) => b.count - a.count).slice(0, 2);
  return {
    peakHours: { from, to: (from + 4) % 24, share: windowSum(from) / total },
    peakDays: busiest.map(({ day, count }) => ({ day, share: count / total })),
  };
}

function order(rank: HotspotOptions['rank']) {
  const by = { count: 'count', z: 'z', harm: 'harm' } as const;
  return (a: Omit<Hotspot, 'rank'>, b: Omit<Hotspot, 'rank'>) =>
    (b[by[rank]] ?? 0) - (a[by[rank]] ?? 0) || b.count - a.count || a.id.localeCompare(b.id);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
