import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Day } from '../model.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

/** The current data version. */
export async function readVersion(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ version: number }>(sql('read-version'));
  return rows[0]!.version;
}

/** What a change did: days of the incidents it touched, before and after, and whether areas or their places are others. */
export type ChangeNote = { readonly firstDay: Day | null; readonly lastDay: Day | null; readonly areas: boolean };

/** Makes the next version of the data, within the change that made it necessary; null: it may have changed anything. */
export async function bumpVersion(client: PoolClient, note: ChangeNote | null): Promise<void> {
  await client.query(sql('bump-version'), [note?.firstDay, note?.lastDay, note?.areas]);
}

/** The newest version that a running service has loaded. */
export async function readServed(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ served: number }>(sql('read-served'));
  return rows[0]!.served;
}

/** Notes that a service has loaded a version. */
export async function markServed(client: PoolClient, version: number): Promise<void> {
  await client.query(sql('mark-served'), [version]);
}

/** Waits until the running service, if there is one, shows the newest data; false if it has not after `limit` milliseconds. */
export async function waitUntilServed(database: Database, limit: number): Promise<boolean> {
  if (!(await database.hasService())) return true;
  const version = await database.read(readVersion);
  for (const end = Date.now() + limit; Date.now() < end; await sleep(50)) {
    if ((await database.read(readServed)) >= version) return true;
  }
  return false;
}
