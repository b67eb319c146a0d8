import { type buildCellIndex, type CellIndex, cellIndex, keepCellIndex, knownCellIndex } from '../count/cell-index.ts';
import { filterKey } from '../count/parse-filter.ts';
import type { Filter } from '../model.ts';
import { inThread, task } from '../threads.ts';
import { countGroups, earlierPeriod } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { prepareRuns } from './prepare-runs.ts';
import { remember } from './remember.ts';

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

/** Counts by cell under a filter. */
export function sumCells(holdings: Holdings, filter: Filter, resolution: number): Promise<CellSums> {
  const key = `cells ${resolution} ${filterKey(filter)}`;
  return remember(
    holdings,
    key,
    async () => {
      const index = await prepareCells(holdings, resolution);
      const { compare: _, ...plain } = filter;
      const period = earlierPeriod(holdings, filter);
      const [now, before] = await Promise.all([
        countByCell(holdings, plain, index),
        period && countByCell(holdings, { ...plain, ...period }, index),
      ]);
      return { index, ...now, before: before?.now ?? null };
    },
    ({ now, before }) => now.byteLength + (before?.byteLength ?? 0),
  );
}

async function countByCell(holdings: Holdings, filter: Filter, { keys, cellOfPlace, resolution }: CellIndex) {
  const cells = keys.length;
  const runs = await prepareRuns(holdings.columns, `cells ${resolution}`, () => cellOfPlace);
  const counts = await countGroups(holdings, filter, runs, cells + 1);
  const now = counts.subarray(0, cells);
  let located = 0;
  for (let cell = 0; cell < cells; cell++) located += now[cell]!;
  return { now, located, total: located + counts[cells]! };
}
