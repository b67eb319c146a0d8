/** The input of the benches: real files if they lie beside the project, and a database of each kind that can be had. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const shared = fileURLToPath(new URL('../../shared/data/', import.meta.url));

/** Cleveland's 24 months of 2023 and 2024 and the wards of the Tees, or null where they are not there. */
export function clevelandFiles(): { files: string[]; wards: string } | null {
  if (!existsSync(shared)) return null;
  const months = ['2023', '2024'].flatMap((year) =>
    Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`),
  );
  return {
    files: months.map((month) => `${shared}police-uk/cleveland/${month}-cleveland-street.csv`),
    wards: `${shared}boundaries/wards-2025-tees.geojson`,
  };
}

/** The settings of an empty database, and how to be rid of it. */
export type BenchDatabase = { readonly kind: string; readonly environment: NodeJS.ProcessEnv; remove(): Promise<void> };

/** An empty embedded database, and one on the server of `HOTSPOT_TEST_DATABASE_URL` if that is set. */
export async function benchDatabases(): Promise<BenchDatabase[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hotspot-bench-'));
  const embedded: BenchDatabase = {
    kind: 'embedded',
    environment: { DATABASE_URL: '', HOTSPOT_DATA_DIR: folder },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
  const server = await serverDatabase();
  if (!server) console.log('PostgreSQL: not measured, HOTSPOT_TEST_DATABASE_URL is not set');
  return server ? [embedded, server] : [embedded];
}

/** An empty database on the server of `HOTSPOT_TEST_DATABASE_URL`; null when that is not set. */
export async function serverDatabase(): Promise<BenchDatabase | null> {
  const server = process.env.HOTSPOT_TEST_DATABASE_URL;
  if (!server) return null;
  const folder = mkdtempSync(join(tmpdir(), 'hotspot-bench-'));
  const name = `hotspot_bench_${process.pid}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  const remove = async () => {
    await run(`drop database if exists ${name} with (force)`);
    rmSync(folder, { recursive: true, force: true });
  };
  return { kind: 'PostgreSQL', environment: { DATABASE_URL: url.href, HOTSPOT_DATA_DIR: folder }, remove };
}
