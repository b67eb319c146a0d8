import { type Holdings, loadHoldings } from '../../server/flows/load-holdings.ts';
import { sumCells } from '../../server/flows/prepare-cells.ts';
import { openDatabase } from '../../server/store/database.ts';
import { endThreads, warmThreads } from '../../server/threads.ts';
import type { Rival } from './rival.ts';

/** The service's own counting, in this process and its threads. */
export type OurCounting = Rival & { readonly holdings: Holdings };

/** Loads everything as the service does at its start. */
export async function ourCounting(url: string): Promise<OurCounting> {
  const database = await openDatabase({ databaseUrl: url, dataDirectory: '', role: 'command' });
  const holdings = await loadHoldings(database);
  await warmThreads();
  return {
    name: 'ours',
    holdings,
    async count({ filter }, resolution) {
      const { index, now } = await sumCells({ ...holdings }, filter, resolution);
      return new Map(Array.from(index.keys, (key, cell) => [key, now[cell]!] as const).filter(([, count]) => count));
    },
    // answers are remembered by holdings: a copy makes every run count anew
    prepare: async ({ filter }, resolution) => ({
      how: '',
      work: () => sumCells({ ...holdings }, filter, resolution),
    }),
    async end() {
      await endThreads();
      await database.close();
    },
  };
}
