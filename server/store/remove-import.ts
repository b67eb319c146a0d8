import type { PoolClient } from 'pg';
import type { Removal } from '../import-model.ts';
import { sql } from './sql.ts';
import { bumpVersion } from './versions.ts';

/** What undoing an import does to the incidents. */
export type RemovalEffect = Omit<Removal, 'import'>;

/** What undoing an import would do now. */
export async function readRemovalEffect(client: PoolClient, id: number): Promise<RemovalEffect> {
  const effect = await client.query<Omit<RemovalEffect, 'months'>>(sql('removal-effect'), [id]);
  const months = await client.query<RemovalEffect['months'][number]>(sql('removal-months'), [id]);
  return { ...effect.rows[0]!, months: months.rows };
}

/** Undoes an import within one change of the database; its record stays, marked. */
export async function removeImportRows(client: PoolClient, id: number): Promise<void> {
  for (const step of ['relink-former', 'restore-former', 'delete-incidents', 'mark-removed'] as const) {
    await client.query(sql(step), [id]);
  }
  await client.query(sql('delete-unused-places'));
  await bumpVersion(client, null);
}
