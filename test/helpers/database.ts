import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { fillDemo } from '../../server/flows/fill-demo.ts';
import { taxonomyFolder } from '../../server/folders.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { type DatabaseOptions, openDatabase } from '../../server/store/database.ts';
import { onceARun } from './once-a-run.ts';

/** Set to an administrator's address, tests use that PostgreSQL server instead of the embedded database. */
const serverUrl = process.env.HOTSPOT_TEST_DATABASE_URL;

/** Where this run's databases are, for the names of tests. */
export const databaseKind = serverUrl ? 'PostgreSQL' : 'embedded PostGIS';

/** The settings of a database of one's own, and how to be rid of it. */
export type TestDatabase = Omit<DatabaseOptions, 'role'> & { remove(): Promise<void> };

/** A new database with its tables, empty or holding the demo. */
export function freshDatabase(content: 'empty' | 'demo' = 'empty'): Promise<TestDatabase> {
  return serverUrl ? freshOnServer(serverUrl, content) : freshEmbedded(content);
}

/** Copies a data directory made once a run: making one takes a quarter of a minute. */
async function freshEmbedded(content: 'empty' | 'demo'): Promise<TestDatabase> {
  const template = await onceARun(`template-${content}`, (folder) =>
    prepare({ databaseUrl: undefined, dataDirectory: folder }, content),
  );
  const dataDirectory = mkdtempSync(join(tmpdir(), 'hotspot-db-'));
  cpSync(template, dataDirectory, { recursive: true });
  return {
    databaseUrl: undefined,
    dataDirectory,
    remove: async () => rmSync(dataDirectory, { recursive: true, force: true }),
  };
}

async function freshOnServer(administrator: string, content: 'empty' | 'demo'): Promise<TestDatabase> {
  const name = `hotspot_test_${randomBytes(6).toString('hex')}`;
  await run(administrator, `create database ${name}`);
  const url = new URL(administrator);
  url.pathname = name;
  const options = { databaseUrl: url.href, dataDirectory: mkdtempSync(join(tmpdir(), 'hotspot-files-')) };
  await prepare(options, content);
  const remove = async () => {
    await run(administrator, `drop database if exists ${name} with (force)`);
    rmSync(options.dataDirectory, { recursive: true, force: true });
  };
  return { ...options, remove };
}

async function prepare(options: Omit<DatabaseOptions, 'role'>, content: 'empty' | 'demo'): Promise<void> {
  const database = await openDatabase({ ...options, role: 'command' });
  if (content === 'demo') await fillDemo(database, await loadTaxonomy(taxonomyFolder));
  await database.close();
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
