import { shared } from '../shared-array.ts';
import { buildBitmaps } from './bitmaps.ts';
import { buildLayers, type PackedArea } from './build-layers.ts';
import { type BuiltPlaces, buildPlaces } from './build-places.ts';
import { addMonths, dayNumber, dayOf } from './calendar.ts';
import { type CellIndex, extendCellIndex } from './cell-index.ts';
import { type Columns, hoursPerCode, monthOnlyHour } from './columns.ts';
import { buildDailyCodes } from './daily-codes.ts';
import { mergeMonths } from './merge-months.ts';
import { type PairBook, type SortedIncidents, sortIncidents } from './sort-incidents.ts';

/** What the store hands over: everything, or what is new since former columns. Lists of categories and flag sets are whole. */
export type PackedStore = {
  readonly version: number;
  readonly categories: readonly { readonly id: number; readonly code: string }[];
  readonly flagSets: readonly { readonly id: number; readonly flags: readonly string[] }[];
  readonly areas: readonly PackedArea[];
  /** In chunks, as `read-places.sql`, `read-place-areas.sql` and `read-incidents.sql` pack them. */
  readonly places: readonly Uint8Array[];
  readonly placeAreas: readonly Uint8Array[];
  readonly incidents: readonly Uint8Array[];
};

/** Columns to go on from: all their incidents are kept but those of the days that are handed over anew. */
export type FormerColumns = {
  readonly columns: Columns;
  /** First and last day of the months whose incidents are handed over anew; null where none are. */
  readonly replaced: { readonly firstDay: number; readonly lastDay: number } | null;
  /** Whether areas, and what lies in them, are handed over anew; else only those of new places. */
  readonly areasChanged: boolean;
  readonly cellIndexes: readonly CellIndex[];
};

/** Columns, and the cells of the resolutions that the former columns had. */
export type BuiltColumns = {
  readonly columns: Columns;
  readonly cellIndexes: readonly CellIndex[];
};

/** Builds columns in shared memory, from nothing or from former ones; a thread's work, for it takes seconds. */
export function buildColumns(store: PackedStore, former: FormerColumns | null): BuiltColumns {
  const built = buildPlaces(store.places, former?.columns.places ?? null);
  const { places } = built;
  const pairs = new PairList(store, former?.columns ?? null);
  const incidents = gatherIncidents(store, former, built, pairs);
  const formerLayers =
    former && !former.areasChanged ? { layers: former.columns.layers, placeOfFormer: built.placeOfFormer } : null;
  const layers = buildLayers(store.areas, places.ids, store.placeAreas, formerLayers);
  const plain = {
    version: store.version,
    places,
    layers,
    ...incidents,
    ...pairs.tables(),
    ...daysHeld(incidents),
    pointPlaces: places.keys.length,
    incidentsBefore: incidentsBefore(incidents, places.ids.length),
    categories: store.categories.map(({ code }) => code),
    flagSets: store.flagSets.map(({ flags }) => flags),
  };
  const cellIndexes = (former?.cellIndexes ?? []).map((index) => extendCellIndex(index, built));
  const columns = { ...plain, bitmaps: buildBitmaps(plain), daily: buildDailyCodes(plain) };
  return { columns, cellIndexes };
}

function gatherIncidents(
  store: PackedStore,
  former: FormerColumns | null,
  { places, placeOfFormer }: BuiltPlaces,
  pairs: PairList,
): SortedIncidents {
  const fresh = sortIncidents(store.incidents, places.ids, pairs);
  if (!former) return fresh;
  const { replaced } = former;
  const isReplaced = (day: number) => replaced !== null && day >= replaced.firstDay && day <= replaced.lastDay;
  return mergeMonths(former.columns, placeOfFormer, isReplaced, fresh, pairs.size);
}

/** Pairs of category and flag set, as indexes into the store's lists; those of former columns keep their numbers. */
class PairList implements PairBook {
  private readonly numbers = new Map<number, number>();
  private readonly pairs: { category: number; flagSet: number }[] = [];
  private readonly categoryIndex: ReadonlyMap<number, number>;
  private readonly flagSetIndex: ReadonlyMap<number, number>;

  constructor(store: PackedStore, former: Columns | null) {
    this.categoryIndex = new Map(store.categories.map(({ id }, index) => [id, index]));
    this.flagSetIndex = new Map(store.flagSets.map(({ id }, index) => [id, index]));
    former?.pairCategory.forEach((category, pair) => {
      const flagSet = former.pairFlagSet[pair]!;
      this.pairs.push({ category, flagSet });
      this.numbers.set(store.categories[category]!.id * 65_536 + store.flagSets[flagSet]!.id, pair);
    });
  }

  get size(): number {
    return this.pairs.length;
  }

  pairOf(categoryId: number, flagSetId: number): number {
    const key = categoryId * 65_536 + flagSetId;
    let number = this.numbers.get(key);
    if (number === undefined) {
      const category = this.categoryIndex.get(categoryId)!;
      number = this.pairs.push({ category, flagSet: this.flagSetIndex.get(flagSetId)! }) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }

  tables() {
    return {
      pairs: this.size,
      pairCategory: Uint16Array.from(this.pairs, ({ category }) => category),
      pairFlagSet: Uint16Array.from(this.pairs, ({ flagSet }) => flagSet),
    };
  }
}

/** First and last day held: months are sorted, so only the first and the last are looked into. */
function daysHeld({ monthFirstDay, monthRun, runStart, codes, days }: SortedIncidents) {
  const months = monthFirstDay.length;
  if (months === 0) return { firstDay: 0, lastDay: 0 };
  const firstDay = days.subarray(0, runStart[monthRun[1]!]!).reduce((first, day) => Math.min(first, day));
  let lastDay = 0;
  for (let incident = runStart[monthRun[months - 1]!]!; incident < days.length; incident++) {
    const isMonthOnly = codes[incident]! % hoursPerCode === monthOnlyHour;
    const day = isMonthOnly ? lastDayOfMonth(monthFirstDay[months - 1]!) : days[incident]!;
    if (day > lastDay) lastDay = day;
  }
  return { firstDay, lastDay };
}

function lastDayOfMonth(firstDay: number): number {
  return dayNumber(addMonths(dayOf(firstDay), 1)) - 1;
}

function incidentsBefore({ runPlace, runStart }: SortedIncidents, places: number): Uint32Array {
  const before = shared(Uint32Array, places + 2);
  for (let run = 0; run < runPlace.length; run++) before[runPlace[run]! + 1]! += runStart[run + 1]! - runStart[run]!;
  for (let place = 0; place <= places; place++) before[place + 1]! += before[place]!;
  return before;
}
