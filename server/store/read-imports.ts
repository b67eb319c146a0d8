import type { PoolClient } from 'pg';
import type { ImportSummary } from '../import-model.ts';
import { sql } from './sql.ts';

/** An import with the hash of its file, which names what is kept of it on disk. */
export type RecordedImport = { readonly summary: ImportSummary; readonly sha256: string };

type Found = Omit<ImportSummary, 'finishedAt' | 'removedAt'> & {
  readonly sha256: string;
  readonly finishedAt: Date;
  readonly removedAt: Date | null;
};

const mostListed = 1000;

/** The newest imports, the newest first. */
export async function readRecentImports(client: PoolClient): Promise<ImportSummary[]> {
  return (await find(client, null)).map(({ summary }) => summary);
}

/** One import; null when there is none of that number. */
export async function readImport(client: PoolClient, id: number): Promise<RecordedImport | null> {
  return (await find(client, id))[0] ?? null;
}

async function find(client: PoolClient, id: number | null): Promise<RecordedImport[]> {
  const { rows } = await client.query<Found>(sql('read-imports'), [id, mostListed]);
  return rows.map(({ sha256, finishedAt, removedAt, ...rest }) => ({
    sha256,
    summary: { ...rest, finishedAt: finishedAt.toISOString(), removedAt: removedAt?.toISOString() ?? null },
  }));
}
