import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CellIndex, placesInCells } from '../count/cell-index.ts';
import { type AreaLayer, type Columns, textAt } from '../count/columns.ts';
import type { CompiledFilter } from '../count/compile-filter.ts';
import { countAtPlaces } from '../count/count-at-places.ts';
import { lowerBound } from '../count/lower-bound.ts';
import { intersectRanges, type PlaceRanges, placesOf } from '../count/place-ranges.ts';
import { sumByCategory } from '../count/sums.ts';
import { weekHours } from '../count/week-hours.ts';
import { streetName } from '../import/street-name.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import { shapeOfCells } from '../locate/shape-of-cells.ts';
import { type Hotspot, weekdayNames } from '../model.ts';
import { poissonExactTest } from '../statistics/poisson-exact-test.ts';
import { inThread, task } from '../threads.ts';
import type { MeasuredCells } from './measure-cells.ts';
import { cellAt } from './study-area.ts';

/** What the description of one place needs. */
export type HotspotContext = {
  readonly columns: Columns;
  /** The held cells of the study's resolution. */
  readonly index: CellIndex;
  readonly taxonomy: Taxonomy;
  readonly layer: AreaLayer | null;
  readonly current: CompiledFilter;
  readonly previous: CompiledFilter | null;
  readonly exposures: { readonly first: number; readonly second: number };
  readonly measured: MeasuredCells;
  /** For each month and cell of the study 1 where it was hot. */
  readonly hotByMonth: readonly Uint8Array[];
  readonly total: number;
};

/** A place before it is described: positions of its cells in the study, and what it may be ranked by. */
export type HotspotOutline = Pick<Hotspot, 'id' | 'count' | 'z' | 'q' | 'harm'> & {
  readonly positions: readonly number[];
};
/** Counts at the places of one hot spot. */
type CountsHere = ReturnType<typeof countAtPlaces> & { readonly places: readonly number[] };

/** The shape of a place of more cells than this is made in a thread: H3 takes some milliseconds over it. */
const manyCells = 30;
const shapeTask = task<typeof shapeOfCells>(
  new URL('../locate/shape-of-cells.ts', import.meta.url),
  'shapeOfCells',
  'quick',
);

/**
 * Names, areas, streets, hours and change of one place, from the incidents in its cells. A wide place takes tens of
 * milliseconds: others are answered in between.
 */
export async function describeHotspot(
  context: HotspotContext,
  { positions, ...place }: HotspotOutline,
): Promise<Omit<Hotspot, 'rank'>> {
  const { columns, measured, taxonomy, current, previous, exposures } = context;
  const cells = positions.map((position) => cellAt(measured.study, position));
  const shape = cells.length < manyCells ? shapeOfCells(cells) : await inThread(shapeTask, cells);
  await nextTurn();
  const inside = placesInside(context, positions);
  const counts = { ...countAtPlaces(columns, current, inside), places: placesOf(inside) };
  await nextTurn();
  const earlier = previous && countAtPlaces(columns, previous, inside).total;
  await nextTurn();
  const streets = topStreets(columns, counts);
  await nextTurn();
  const hours = weekHours(
    columns,
    { ...current, places: current.places ? intersectRanges(inside, current.places) : inside },
    counts,
  );
  return {
    ...place,
    name: nameOf(streets, context, counts),
    areas: areasOf(context, counts),
    cells,
    ...shape,
    share: context.total === 0 ? null : counts.total / context.total,
    previous: earlier,
    change: earlier === null ? null : counts.total - earlier,
    changeP: earlier === null ? null : poissonExactTest(counts.total, earlier, exposures),
    ...peaks(hours),
    categories: topCategories(columns, taxonomy, counts),
    streets,
    hotMonths: context.hotByMonth.filter((month) => positions.some((position) => month[position])).length,
    months: context.hotByMonth.length,
  };
}

/** The places in cells of the study; an empty cell of it may not be held at all. */
function placesInside({ index, measured }: HotspotContext, positions: readonly number[]): PlaceRanges {
  const { keys } = index;
  const held = positions.flatMap((position) => {
    const key = measured.study.keys[position]!;
    const cell = lowerBound(keys, 0, keys.length, key);
    return keys[cell] === key ? [cell] : [];
  });
  return placesInCells(index, held);
}

function topStreets({ places }: Columns, counts: CountsHere): { name: string; count: number }[] {
  const byName = new Map<string, number>();
  counts.places.forEach((place, at) => {
    if (counts.atPlaces[at] === 0) return;
    const name = streetName(textAt(places.locations, places.locationOf[place]!));
    if (name) byName.set(name, (byName.get(name) ?? 0) + counts.atPlaces[at]!);
  });
  return [...byName]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .slice(0, 5);
}

/** The two most frequent streets, as an officer would name the place; without any, its ward. */
function nameOf(streets: readonly { name: string }[], context: HotspotContext, counts: CountsHere): string {
  if (streets.length > 0)
    return streets
      .slice(0, 2)
      .map(({ name }) => name)
      .join(' / ');
  return areasOf(context, counts)[0]?.name ?? 'Place without a street name';
}

function areasOf({ layer }: HotspotContext, counts: CountsHere): Hotspot['areas'] {
  if (!layer) return [];
  const byArea = new Map<number, number>();
  counts.places.forEach((place, at) => {
    const area = layer.areaOfPlace[place]!;
    if (area >= 0) byArea.set(area, (byArea.get(area) ?? 0) + counts.atPlaces[at]!);
  });
  return [...byArea]
    .filter(([, count]) => count > 0)
    .sort(([one, first], [other, second]) => second - first || one - other)
    .map(([area, count]) => ({ code: layer.areas[area]!.code, name: layer.areas[area]!.name, count }));
}

function topCategories(columns: Columns, taxonomy: Taxonomy, counts: CountsHere): Hotspot['categories'] {
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

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
