import type { PoolClient } from 'pg';
import { sql } from './sql.ts';

/** Rows are fetched this many ids at a time: some megabytes an answer, decoded in some milliseconds. */
const idsPerChunk = 100_000;

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

/** What one version changed; days since 1970-01-01, null where no incident was touched. */
export type StoredChange = {
  readonly version: number;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  readonly areas: boolean;
};

/** The short lists, at one version of the data. */
export async function readDictionaries(client: PoolClient) {
  return {
    ...(await rowsOf<{ version: number; instance: string }>(client, 'read-version'))[0]!,
    sources: await rowsOf<StoredSource>(client, 'read-sources'),
    categories: await rowsOf<{ id: number; code: string }>(client, 'list-categories'),
    flagSets: await rowsOf<{ id: number; flags: string[] }>(client, 'list-flag-sets'),
    areas: await rowsOf<StoredArea>(client, 'read-areas'),
  };
}

/** What has changed since a version, one row for each later one; fewer where nobody noted it. */
export function readChanges(client: PoolClient, version: number): Promise<StoredChange[]> {
  return rowsOf<StoredChange>(client, 'read-changes', [version]);
}

/** The largest ids. */
export async function readLastIds(client: PoolClient): Promise<{ incident: number; place: number }> {
  return (await rowsOf<{ incident: number; place: number }>(client, 'read-last-ids'))[0]!;
}

/** Places with an id above `after`, packed, in chunks (see `read-places.sql`). */
export function readPlaces(client: PoolClient, after: number, last: number): AsyncGenerator<Uint8Array> {
  return chunks(client, 'read-places', after, last, idsPerChunk);
}

/** All incidents, packed, in chunks (see `packed_incident`). */
export function readIncidents(client: PoolClient, last: number): AsyncGenerator<Uint8Array> {
  return chunks(client, 'read-incidents', 0, last, idsPerChunk);
}

/** The incidents from a first day up to, not including, an end, packed, about a month at a time. */
export function readIncidentsOfDays(client: PoolClient, firstDay: number, endDay: number): AsyncGenerator<Uint8Array> {
  return chunks(client, 'read-incidents-of-days', firstDay, endDay, 31);
}

/** In which areas the places with an id above `after` lie, packed (see `read-place-areas.sql`). */
export async function readPlaceAreas(client: PoolClient, after: number): Promise<Uint8Array[]> {
  const chunk = await packed(client, 'read-place-areas', [after]);
  return chunk ? [chunk] : [];
}

async function* chunks(client: PoolClient, name: string, from: number, to: number, step: number) {
  for (let at = from; at < to; at += step) {
    const chunk = await packed(client, name, [at, Math.min(to, at + step)]);
    if (chunk) yield chunk;
  }
}

async function packed(client: PoolClient, name: string, values: unknown[]): Promise<Uint8Array | null> {
  const { rows } = await client.query<{ packed: Buffer | null }>(sql(name), values);
  return rows[0]?.packed ?? null;
}

async function rowsOf<T>(client: PoolClient, name: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query(sql(name), values)).rows as T[];
}
