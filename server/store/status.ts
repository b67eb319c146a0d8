import type { PoolClient } from 'pg';
import type { ImportSummary } from '../import-model.ts';
import { sql } from './sql.ts';
import { bumpVersion } from './versions.ts';

type Row = Omit<ImportSummary, 'finishedAt' | 'removedAt'> & { finishedAt: Date; removedAt: Date | null };

/** The newest imports, newest first, those that were undone among them. */
export function readImports(client: PoolClient, howMany: number): Promise<ImportSummary[]> {
  return importRows(client, howMany, null);
}

/** One import; undefined without it. */
export async function readImport(client: PoolClient, id: number): Promise<ImportSummary | undefined> {
  return (await importRows(client, 1, id))[0];
}

/** The SHA-256 of the file of an import; undefined without it. */
export async function readImportHash(client: PoolClient, id: number): Promise<string | undefined> {
  const { rows } = await client.query<{ sha256: string }>(sql('read-import-hash'), [id]);
  return rows[0]?.sha256;
}

async function importRows(client: PoolClient, howMany: number, id: number | null): Promise<ImportSummary[]> {
  const { rows } = await client.query<Row>(sql('read-imports'), [howMany, id]);
  return rows.map(({ finishedAt, removedAt, ...row }) => ({
    ...row,
    finishedAt: finishedAt.toISOString(),
    removedAt: removedAt?.toISOString() ?? null,
  }));
}

/** What is held, in numbers: incidents, imports, places, and areas by layer and vintage. */
export async function readTotals(client: PoolClient) {
  const totals = await client.query<{ incidents: number; imports: number; version: number }>(sql('read-totals'));
  const layers = await client.query<{ layer: string; validFrom: string | null; areas: number }>(sql('read-layers'));
  return { ...totals.rows[0]!, layers: layers.rows };
}

/** Forgets every incident, import and area. */
export async function resetData(client: PoolClient): Promise<void> {
  await bumpVersion(client, null);
  await client.query(sql('reset-data'));
}
