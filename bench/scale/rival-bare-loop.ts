import pg from 'pg';
import { bareLoops } from './bare-loops.ts';
import type { FilterName, NamedFilter } from './filters.ts';
import { readNumbers, readRows } from './read-rows.ts';
import type { Rival } from './rival.ts';
import type { Resolution } from './row-table.ts';

/** A loop written by hand for each filter, over plain columns in this process, on one core. */
export async function bareLoopRival(url: string): Promise<Rival> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const loops = bareLoops(await readNumbers(client));
  const rows = await readRows(client);
  await client.end();
  const run = ({ name }: NamedFilter, resolution: Resolution) => {
    const counts = new Uint32Array(rows.keys[resolution].length);
    loops[name as FilterName](rows, rows.cells[resolution], counts);
    return counts;
  };
  return {
    name: 'bare loop',
    async count(filter, resolution) {
      const counts = run(filter, resolution);
      return new Map(
        rows.keys[resolution].map((key, cell) => [key, counts[cell]!] as const).filter(([, count]) => count),
      );
    },
    prepare: async (filter, resolution) => ({ how: '', work: () => run(filter, resolution) }),
    end: async () => {},
  };
}
