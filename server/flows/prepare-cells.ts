import {
  type buildCellIndex,
  type CellIndex,
  cellIndex,
  keepCellIndex,
  knownCellIndex,
  placesInCells,
} from '../count/cell-index.ts';
import { filterKey } from '../count/parse-filter.ts';
import { incidentsIn, type PlaceRanges } from '../count/place-ranges.ts';
import type { Runs } from '../count/runs.ts';
import { valuesAt } from '../count/values-at.ts';
import type { Filter } from '../model.ts';
import { inThread, task } from '../threads.ts';
import { countedAtOnce, countGroups, countSomeGroups, earlierPeriod } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { prepareRuns } from './prepare-runs.ts';
import { remember, remembered } from './remember.ts';

/** Fewer places than this are indexed at once, in some milliseconds. */
const fewPlaces = 5_000;
const indexTask = task<typeof buildCellIndex>(new URL('../count/cell-index.ts', import.meta.url), 'buildCellIndex');

/** The index of a resolution, made in a thread where there are many places; afterwards it is at hand. */
export async function prepareCells(holdings: Holdings, resolution: number): Promise<CellIndex> {
  const { columns } = holdings;
  const { ids, lats, lngs } = columns.places;
  const known = knownCellIndex(columns, resolution);
  if (known) return known;
  if (lats.length < fewPlaces) return cellIndex(columns, resolution);
  return remember(holdings, `cell index ${resolution}`, async () =>
    keepCellIndex(columns, await inThread(indexTask, { ids, lats, lngs }, resolution)),
  );
}

/** Counts by held cell of a resolution, now and in the earlier period; kept, since every tile of a map asks for them. */
export type CellSums = {
  readonly index: CellIndex;
  readonly now: Uint32Array;
  readonly before: Uint32Array | null;
  readonly total: number;
  readonly located: number;
};

/** Counts by cell, now and in the earlier period. */
export type CellCounts = Pick<CellSums, 'now' | 'before'>;

/** Cells of the first tiles under a filter are counted alone where less than this share of the incidents lies, and not many. */
const smallShare = 1 / 8;
/** A tile of more cells than this shows a country: to find their places takes longer than to count all. */
const mostCellsAlone = 10_000;
/** Who asks for more tiles than this is looking around: then all cells are counted, for the next tiles too. */
const tilesAlone = 4;
const sumsKey = (filter: Filter, resolution: number) => `cells ${resolution} ${filterKey(filter)}`;

/** Counts by cell under a filter. */
export function sumCells(holdings: Holdings, filter: Filter, resolution: number): Promise<CellSums> {
  const make = async () => {
    const index = await prepareCells(holdings, resolution);
    const all = await nowAndBefore(holdings, filter, index, (plain, runs, groups) =>
      countGroups(holdings, plain, runs, groups),
    );
    const cells = index.keys.length;
    const now = all.now.subarray(0, cells);
    let located = 0;
    for (let cell = 0; cell < cells; cell++) located += now[cell]!;
    const before = all.before?.subarray(0, cells) ?? null;
    return { index, now, before, located, total: located + all.now[cells]! };
  };
  return remember(
    holdings,
    sumsKey(filter, resolution),
    make,
    ({ now, before }) => now.byteLength + (before?.byteLength ?? 0),
  );
}

/** Held cells that lie together, by their positions, rising; and their places, unless they show a country. */
export type NearCells = { readonly cells: Uint32Array; readonly places: PlaceRanges | null };

/** Some cells of an index with their places. */
export function nearCells(index: CellIndex, cells: Uint32Array): NearCells {
  return { cells, places: cells.length > mostCellsAlone ? null : placesInCells(index, cells) };
}

/** Counts under a filter of some cells, in their order. */
export async function sumSomeCells(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  { cells, places }: NearCells,
): Promise<CellCounts> {
  const ofAll = ({ now, before }: CellSums) => ({
    now: valuesAt(now, cells),
    before: before && valuesAt(before, cells),
  });
  const known = remembered<CellSums>(holdings, sumsKey(filter, resolution));
  if (known) return ofAll(await known);
  const asked = await remember(
    holdings,
    `tiles of ${sumsKey(filter, resolution)}`,
    async () => ({ tiles: 0 }),
    () => 0,
  );
  const { incidentsBefore, days } = holdings.columns;
  const isFew = places && incidentsIn(places, incidentsBefore) <= Math.min(countedAtOnce, days.length * smallShare);
  if (!isFew || asked.tiles >= tilesAlone) return ofAll(await sumCells(holdings, filter, resolution));
  asked.tiles++;
  return nowAndBefore(holdings, filter, await prepareCells(holdings, resolution), (plain, runs, groups) =>
    countSomeGroups(holdings, plain, runs, groups, cells, places),
  );
}

type Count = (filter: Filter, runs: Runs, groups: number) => Uint32Array | Promise<Uint32Array>;

/** Counts in both periods by cell, of which there is one more than held ones, for what has none. */
async function nowAndBefore(holdings: Holdings, filter: Filter, index: CellIndex, count: Count) {
  const { keys, cellOfPlace, resolution } = index;
  const { compare: _, ...plain } = filter;
  const period = earlierPeriod(holdings, filter);
  const runs = await prepareRuns(holdings.columns, `cells ${resolution}`, () => cellOfPlace);
  const [now, before] = await Promise.all(
    [plain, period && { ...plain, ...period }].map((asked) => asked && count(asked, runs, keys.length + 1)),
  );
  return { now: now!, before: before ?? null };
}
