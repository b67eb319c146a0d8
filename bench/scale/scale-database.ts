import pg from 'pg';
import { fillDatabase } from './fill-database.ts';
import { hasNationalFiles, readNational } from './national-file.ts';

/** How many incidents the benches count: the aim's ten million, and sizes below it. */
export const scaleSizes = { '100k': 100_000, '400k': 400_000, '1m': 1_000_000, '10m': 10_000_000 };
export type ScaleSize = keyof typeof scaleSizes;

/** To be raised when other incidents come out of the filling; databases of an earlier one are then made anew. */
const edition = 'derived incidents, edition 1, complete';

/** Why nothing can be measured here, or null. */
export function scaleObstacle(): string | null {
  if (!process.env.HOTSPOT_TEST_DATABASE_URL) return 'HOTSPOT_TEST_DATABASE_URL is not set';
  return hasNationalFiles() ? null : 'the published data are not beside the project';
}

/** The largest size whose database is already there; a million incidents, if there is none. */
export async function largestKept(): Promise<ScaleSize> {
  for (const size of ['10m', '1m'] as const) {
    const { rows } = await onServer((client) => client.query<{ note: string | null }>(noteOf, [nameOf(size)]));
    if (rows[0]?.note === edition) return size;
  }
  return '1m';
}

/** Made anew in this run: not to be made again when another part asks for it. */
const madeNow = new Set<string>();

/** The address of the database of a size; it is kept from run to run, and made anew if `fresh` or not complete. */
export async function scaleDatabase(size: ScaleSize, fresh: boolean): Promise<string> {
  const name = nameOf(size);
  const found = await onServer((client) => client.query<{ note: string | null }>(noteOf, [name]));
  if ((!fresh || madeNow.has(name)) && found.rows[0]?.note === edition) {
    console.log(`database ${name}: the one of an earlier run (the word "fresh" makes it anew)`);
    return addressOf(name);
  }
  const began = performance.now();
  await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
  await onServer((client) => client.query(`create database ${name}`));
  await fillDatabase(addressOf(name), await readNational(), scaleSizes[size]);
  await onServer((client) => client.query(`comment on database ${name} is '${edition}'`));
  madeNow.add(name);
  console.log(`database ${name}: made anew in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return addressOf(name);
}

const nameOf = (size: ScaleSize) => `hotspot_bench_scale_${size}`;
const noteOf = "select shobj_description(oid, 'pg_database') as note from pg_database where datname = $1";

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.HOTSPOT_TEST_DATABASE_URL });
  await client.connect();
  return work(client).finally(() => client.end());
}

function addressOf(name: string): string {
  const url = new URL(process.env.HOTSPOT_TEST_DATABASE_URL!);
  url.pathname = name;
  return url.href;
}
