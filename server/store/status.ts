import type { PoolClient } from 'pg';
import { sql } from './sql.ts';
import { bumpVersion } from './versions.ts';

/** One import as the status shows it. */
export type StoredImport = {
  readonly id: number;
  readonly source: string;
  readonly fileName: string;
  readonly rowsRead: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly added: number;
  readonly changed: number;
  readonly unlocated: number;
  readonly finishedAt: Date;
};

/** The newest imports, newest first. */
export async function readImports(client: PoolClient, howMany: number): Promise<StoredImport[]> {
  const { rows } = await client.query<StoredImport>(sql('read-status'), [howMany]);
  return rows;
}

/** What is held, in numbers: incidents, imports, places, and areas by layer and vintage. */
export async function readTotals(client: PoolClient) {
  const totals = await client.query<{ incidents: number; imports: number; version: number }>(sql('read-totals'));
  const layers = await client.query<{ layer: string; validFrom: string | null; areas: number }>(sql('read-layers'));
  return { ...totals.rows[0]!, layers: layers.rows };
}

/** Forgets every incident, import and area. */
export async function resetData(client: PoolClient): Promise<void> {
  await bumpVersion(client, { firstDay: null, lastDay: null, areas: true });
  // afterwards: the note of the version is forgotten too, so that whoever reads on finds none and reads everything
  await client.query(sql('reset-data'));
}
