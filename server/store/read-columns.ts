import type { PoolClient } from 'pg';
import { sql } from './sql.ts';

/** Incidents are fetched this many ids at a time: some megabytes an answer. */
const idsPerChunk = 200_000;

export type StoredPlace = {
  readonly id: number;
  readonly lng: number;
  readonly lat: number;
  readonly cell: string;
  readonly location: string;
};

export type StoredArea = {
  readonly id: number;
  readonly layer: string;
  readonly code: string;
  readonly name: string;
  readonly validFrom: string | null;
  readonly population: number | null;
  readonly attribution: string;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

export type StoredSource = {
  readonly name: string;
  readonly profile: string;
  readonly attribution: string;
  readonly synthetic: boolean;
  readonly incidents: number;
  readonly from: string | null;
  readonly to: string | null;
};

/** Everything but the incidents themselves, at one version of the data. */
export async function readDictionaries(client: PoolClient) {
  const rows = async <T>(name: string) => (await client.query(sql(name))).rows as T[];
  return {
    ...(await rows<{ version: number; instance: string }>('read-version'))[0]!,
    sources: await rows<StoredSource>('read-sources'),
    categories: await rows<{ id: number; code: string }>('list-categories'),
    flagSets: await rows<{ id: number; flags: string[] }>('list-flag-sets'),
    areas: await rows<StoredArea>('read-areas'),
    places: await rows<StoredPlace>('read-places'),
    placeAreas: await packed(client, 'read-place-areas', []),
    ...(await rows<{ incidents: number; last: number }>('count-incidents'))[0]!,
  };
}

/** The incidents, packed, in chunks (see `read-incidents.sql`). */
export async function* readIncidents(client: PoolClient, last: number): AsyncGenerator<Uint8Array> {
  for (let after = 0; after < last; after += idsPerChunk) {
    const chunk = await packed(client, 'read-incidents', [after, after + idsPerChunk]);
    if (chunk) yield chunk;
  }
}

async function packed(client: PoolClient, name: string, values: unknown[]): Promise<Uint8Array | null> {
  const { rows } = await client.query<{ packed: Buffer | null }>(sql(name), values);
  return rows[0]?.packed ?? null;
}
