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
import type { Filter } from '../model.ts';
import { inThread, task } from '../threads.ts';
import { countGroups, earlierPeriod } from './count-filter.ts';
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

/** Counts of the cells on a tile. */
export type CellCounts = Pick<CellSums, 'index' | 'now' | 'before'>;

/** Of the first tiles under a filter that hold less than this share of the incidents the cells are counted alone. */
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
    const { now, before, inNone } = await nowAndBefore(holdings, filter, index, null);
    let located = 0;
    for (let cell = 0; cell < now.length; cell++) located += now[cell]!;
    return { index, now, before, located, total: located + inNone };
  };
  return remember(
    holdings,
    sumsKey(filter, resolution),
    make,
    ({ now, before }) => now.byteLength + (before?.byteLength ?? 0),
  );
}

/** Counts under a filter of some cells, given by their positions among the held ones; others may be 0. */
export async function sumSomeCells(
  holdings: Holdings,
  filter: Filter,
  resolution: number,
  cells: () => readonly number[],
): Promise<CellCounts> {
  const known = remembered<CellSums>(holdings, sumsKey(filter, resolution));
  if (known) return known;
  const asked = await remember(holdings, `tiles of ${sumsKey(filter, resolution)}`, async () => ({ tiles: 0 }));
  const index = await prepareCells(holdings, resolution);
  if (asked.tiles >= tilesAlone) return sumCells(holdings, filter, resolution);
  const alone = cells();
  if (alone.length > mostCellsAlone) return sumCells(holdings, filter, resolution);
  const within = placesInCells(index, alone);
  const { incidentsBefore, days } = holdings.columns;
  if (incidentsIn(within, incidentsBefore) > days.length * smallShare) return sumCells(holdings, filter, resolution);
  asked.tiles++;
  const { now, before } = await nowAndBefore(holdings, filter, index, within);
  return { index, now, before };
}

async function nowAndBefore(holdings: Holdings, filter: Filter, index: CellIndex, within: PlaceRanges | null) {
  const { keys, cellOfPlace, resolution } = index;
  const { compare: _, ...plain } = filter;
  const period = earlierPeriod(holdings, filter);
  const runs = await prepareRuns(holdings.columns, `cells ${resolution}`, () => cellOfPlace);
  const [now, before] = await Promise.all(
    [plain, period && { ...plain, ...period }].map(
      (asked) => asked && countGroups(holdings, asked, runs, keys.length + 1, within),
    ),
  );
  const byCell = (counts: Uint32Array) => counts.subarray(0, keys.length);
  return { now: byCell(now!), before: before ? byCell(before) : null, inNone: now![keys.length]! };
}
