import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pg from 'pg';
import { openDuckDb } from './duckdb.ts';

/** The versions of what takes part in the comparisons. */
export async function scaleVersions(url: string): Promise<Record<string, string>> {
  const databaseVersions = await serverVersions(url);
  const duckDb = await openDuckDb();
  const [[duckDbVersion] = []] = (await duckDb.runAndReadAll('select version()')).getColumns();
  duckDb.closeSync();
  return {
    ...databaseVersions,
    DuckDB: String(duckDbVersion).replace(/^v/, ''),
    'h3-js': packageVersion('h3-js'),
  };
}

/** The versions of a database server. */
export async function serverVersions(url: string): Promise<{ PostgreSQL: string; PostGIS: string }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const query =
    "select split_part(version(), ' ', 2) as server, extversion as postgis from pg_extension where extname = 'postgis'";
  const { rows } = await client.query<{ server: string; postgis: string }>(query);
  await client.end();
  return { PostgreSQL: rows[0]!.server, PostGIS: rows[0]!.postgis };
}

/** Read from the package's own description, which it need not export. */
export function packageVersion(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const path = folders.map((folder) => `${folder}/${name}/package.json`).find((candidate) => existsSync(candidate));
  if (!path) throw new Error(`${name} is not installed`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
