import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { conditionOf } from './conditions.ts';
import { type DuckDb, openDuckDb } from './duckdb.ts';
import { readNumbers } from './read-rows.ts';
import { quickest, type Rival } from './rival.ts';
import { countingQuery } from './rival-postgresql.ts';
import { resolutions } from './row-table.ts';

/** Tables of the same rows, each sorted otherwise: which is quickest depends on the filter. */
const tables: Readonly<Record<string, string>> = {
  by_cell: 'cell9, day',
  by_day: 'day, cell9',
  by_category: 'category, day, cell9',
};
/** Up to so many bits of the group's number, groups are an array instead of a hash table; 12 is DuckDB's own choice. */
const arrayBits = [12, 20];

/** DuckDB in memory on all cores, with cells numbered from 0 on, which it groups much quicker than H3's own numbers. */
export async function duckDbRival(url: string): Promise<Rival> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const numbers = await readNumbers(client);
  const duckDb = await openDuckDb();
  await fill(duckDb, client);
  await client.end();
  await duckDb.runAndReadAll(`set threads = ${availableParallelism()}`);
  return {
    name: 'DuckDB',
    async count({ filter }, resolution) {
      const answer = await duckDb.runAndReadAll(
        `select (id & ${2n ** 52n - 1n})::double, count from
          (select cell${resolution} as number, count(*)::double as count from by_cell
           where ${conditionOf(filter, numbers, 'hour')} group by number) join cells${resolution} using (number)`,
      );
      const [keys = [], counts = []] = answer.getColumns() as number[][];
      return new Map(keys.map((key, index) => [key, counts[index]!]));
    },
    prepare({ filter }, resolution) {
      const query = (table: string) => countingQuery(table, `cell${resolution}`, conditionOf(filter, numbers, 'hour'));
      return quickestTable(duckDb, query);
    },
    end: async () => duckDb.closeSync(),
  };
}

async function quickestTable(duckDb: DuckDb, query: (table: string) => string) {
  const ways = arrayBits.flatMap((bits) =>
    Object.keys(tables).map((table) => ({
      how: `${table.replace('_', ' ')}, ${bits} bits`,
      work: async () => {
        await duckDb.runAndReadAll(`set perfect_ht_threshold = ${bits}`);
        return duckDb.runAndReadAll(query(table));
      },
    })),
  );
  return quickest(ways);
}

/** The rows as PostgreSQL holds them, by way of a file. */
async function fill(duckDb: DuckDb, client: pg.Client): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hotspot-bench-'));
  const path = join(folder, 'rows.csv');
  const rows = 'copy bench.row (cell7, cell8, cell9, day, hour_of_week, category, ward) to stdout (format csv)';
  await pipeline(client.query(copyTo(rows)), createWriteStream(path));
  const run = (statement: string) => duckDb.runAndReadAll(statement);
  await run(`create table file as select * from read_csv('${path}', header = false, columns = {
    'cell7': 'UBIGINT', 'cell8': 'UBIGINT', 'cell9': 'UBIGINT',
    'day': 'USMALLINT', 'hour_of_week': 'UTINYINT', 'category': 'UTINYINT', 'ward': 'UTINYINT'})`);
  rmSync(folder, { recursive: true });
  for (const resolution of resolutions) {
    await run(`create table cells${resolution} as
      select (row_number() over (order by id) - 1)::uinteger as number, id
      from (select distinct cell${resolution} as id from file)`);
  }
  for (const [table, order] of Object.entries(tables)) {
    await run(`create table ${table} as
      select cells7.number as cell7, cells8.number as cell8, cells9.number as cell9, day, hour_of_week,
        (hour_of_week % 24)::utinyint as hour, category, ward
      from file join cells7 on cells7.id = file.cell7 join cells8 on cells8.id = file.cell8
        join cells9 on cells9.id = file.cell9
      order by ${order}`);
  }
  await run('drop table file');
}
