import { medianMilliseconds } from '../median.ts';
import type { NamedFilter } from './filters.ts';
import { type OurCounting, ourCounting } from './our-counting.ts';
import { type Rival, refuseUnequal } from './rival.ts';
import { bareLoopRival } from './rival-bare-loop.ts';
import { duckDbRival } from './rival-duckdb.ts';
import { postgresqlRival } from './rival-postgresql.ts';
import type { Resolution } from './row-table.ts';

/** Ours and those it is measured against. */
export type Field = { readonly ours: OurCounting; readonly sql: Rival; readonly duckDb: Rival; readonly loop: Rival };

/** What all four took for one filter and resolution, in milliseconds, and how the databases did it. */
export type Comparison = {
  readonly filter: NamedFilter;
  readonly resolution: Resolution;
  readonly matches: number;
  readonly ours: number;
  readonly sql: number;
  readonly duckDb: number;
  readonly loop: number;
  readonly sqlHow: string;
  readonly duckDbHow: string;
};

/** Makes all four ready on one database. */
export async function openField(url: string): Promise<Field> {
  const sql = await postgresqlRival(url);
  console.log('PostgreSQL: ready');
  const duckDb = await duckDbRival(url);
  console.log('DuckDB: ready');
  const loop = await bareLoopRival(url);
  const ours = await ourCounting(url);
  console.log('bare loop and ours: ready');
  return { ours, sql, duckDb, loop };
}

/** Ends what was opened. */
export async function closeField({ ours, sql, duckDb, loop }: Field): Promise<void> {
  for (const rival of [sql, duckDb, loop, ours]) await rival.end();
}

/** Throws unless all four give the same counts in every cell; returns how many incidents match. */
export async function verify(field: Field, filter: NamedFilter, resolution: Resolution): Promise<number> {
  const expected = await field.ours.count(filter, resolution);
  for (const rival of [field.sql, field.duckDb, field.loop]) {
    const where = `${rival.name}, ${filter.name}, resolution ${resolution}`;
    refuseUnequal(where, await rival.count(filter, resolution), expected);
  }
  return [...expected.values()].reduce((sum, count) => sum + count, 0);
}

/** Times all four, one after the other, and prints the line. */
export async function compare(field: Field, filter: NamedFilter, resolution: Resolution): Promise<Comparison> {
  const matches = await verify(field, filter, resolution);
  const timed = async (rival: Rival) => {
    const { work, how } = await rival.prepare(filter, resolution);
    return { how, milliseconds: await medianMilliseconds(work) };
  };
  const [ours, loop, duckDb, sql] = [
    await timed(field.ours),
    await timed(field.loop),
    await timed(field.duckDb),
    await timed(field.sql),
  ];
  const line = { ours, loop, DuckDB: duckDb, SQL: sql };
  const words = Object.entries(line).map(([name, { milliseconds }]) => `${name} ${milliseconds.toFixed(2)} ms`);
  console.log(`${filter.name}, resolution ${resolution}: ${words.join(', ')} (${sql.how}; ${duckDb.how})`);
  return {
    filter,
    resolution,
    matches,
    ours: ours.milliseconds,
    sql: sql.milliseconds,
    duckDb: duckDb.milliseconds,
    loop: loop.milliseconds,
    sqlHow: sql.how,
    duckDbHow: duckDb.how,
  };
}
