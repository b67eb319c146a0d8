import pg from 'pg';
import { conditionOf } from './conditions.ts';
import { readNumbers } from './read-rows.ts';
import type { Rival } from './rival.ts';
import { quickest } from './rival.ts';
import { prepareRowTable } from './row-table.ts';

/** For the whole session: memory to group in, the data taken to be in memory, no compiling of plans (it made all slower). */
const session = `
  set work_mem = '512MB'; set random_page_cost = 1.1; set effective_cache_size = '8GB'; set jit = off;
  set max_parallel_workers_per_gather = 2`;

/** Ways to lead the planner; which of them is quickest is tried for every filter and resolution. */
const plans: Readonly<Record<string, readonly string[]>> = {
  'as planned': [],
  'parallel at any price': [
    'parallel_setup_cost = 0',
    'parallel_tuple_cost = 0',
    'min_parallel_table_scan_size = 0',
    'min_parallel_index_scan_size = 0',
  ],
  'grouped in the order of an index': ['enable_hashagg = off'],
  'grouped in the order of an index, parallel at any price': [
    'enable_hashagg = off',
    'parallel_setup_cost = 0',
    'parallel_tuple_cost = 0',
  ],
};

/** The best SQL there was on the same server: covering indexes for each family of filters, index-only and parallel. */
export async function postgresqlRival(url: string): Promise<Rival> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await prepareRowTable(client);
  await client.query(session);
  await client.query('do $$ begin perform count(*) from bench.row; end $$');
  const numbers = await readNumbers(client);
  return {
    name: 'SQL',
    async count({ filter }, resolution) {
      const cell = `cell${resolution}`;
      const { rows } = await client.query<{ key: number; count: number }>(
        `select ${cell} & ${2n ** 52n - 1n} as key, count(*) as count from bench.row
         where ${conditionOf(filter, numbers)} group by ${cell}`,
      );
      return new Map(rows.map(({ key, count }) => [key, count]));
    },
    prepare({ filter }, resolution) {
      const text = countingQuery(`bench.row`, `cell${resolution}`, conditionOf(filter, numbers));
      return quickest(Object.entries(plans).map(([how, settings]) => ({ how, work: planned(client, text, settings) })));
    },
    end: () => client.end(),
  };
}

/** Counts by cell, and sums the counts up at once: fetching two hundred thousand rows is not part of the comparison. */
export function countingQuery(table: string, cell: string, condition: string): string {
  return `select count(*), sum(count) from
    (select ${cell}, count(*) as count from ${table} where ${condition} group by ${cell}) as cells`;
}

let statements = 0;

/** A prepared statement that is planned under settings of its own, which hold for no other. */
function planned(client: pg.Client, text: string, settings: readonly string[]): () => Promise<unknown> {
  const name = `counting ${++statements}`;
  let isPlanned = false;
  return async () => {
    if (isPlanned) return client.query({ name, text });
    for (const setting of settings) await client.query(`set ${setting}`);
    const answer = await client.query({ name, text });
    for (const setting of settings) await client.query(`reset ${setting.split(' ')[0]}`);
    isPlanned = true;
    return answer;
  };
}
