import { type buildCellIndex, type CellIndex, cellIndex, keepCellIndex, knownCellIndex } from '../count/cell-index.ts';
import { filterKey } from '../count/parse-filter.ts';
import { sumByCell } from '../count/sums.ts';
import type { Filter } from '../model.ts';
import { inThread, task } from '../threads.ts';
import { countPlaces } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { remember } from './remember.ts';

/** Fewer places than this are indexed at once, in some milliseconds. */
const fewPlaces = 5_000;
const indexTask = task<typeof buildCellIndex>(new URL('../count/cell-index.ts', import.meta.url), 'buildCellIndex');

/** The index of a resolution, made in a thread where there are many places; afterwards it is at hand. */
export async function prepareCells(holdings: Holdings, resolution: number): Promise<CellIndex> {
  const { columns } = holdings;
  const { lats, lngs } = columns.places;
  const known = knownCellIndex(columns, resolution);
  if (known) return known;
  if (lats.length < fewPlaces) return cellIndex(columns, resolution);
  return remember(holdings, `cell index ${resolution}`, async () =>
    keepCellIndex(columns, await inThread(indexTask, { lats, lngs }, resolution)),
  );
}

/** Sums by held cell of a resolution, now and in the earlier period; kept, since every tile of a map asks for them. */
export type CellSums = {
  readonly index: CellIndex;
  readonly now: Float64Array;
  readonly before: Float64Array | null;
  readonly total: number;
  readonly located: number;
};

/** Counts by cell under a filter. */
export function sumCells(holdings: Holdings, filter: Filter, resolution: number): Promise<CellSums> {
  return remember(
    holdings,
    `cells ${resolution} ${filterKey(filter)}`,
    async () => {
      const [index, { current, previous }] = await Promise.all([
        prepareCells(holdings, resolution),
        countPlaces(holdings, filter),
      ]);
      const before = previous && sumByCell(index, previous.byPlace);
      return { index, now: sumByCell(index, current.byPlace), before, total: current.total, located: current.located };
    },
    ({ now, before }) => now.byteLength + (before?.byteLength ?? 0),
  );
}
