import type { PoolClient } from 'pg';
import { sql } from './sql.ts';

/** A postcode, without its space, and its point. */
export type PostcodeRow = {
  readonly postcode: string;
  readonly lng: number;
  readonly lat: number;
  readonly withinMetres: number;
};

/** The words of places, and the rectangle in which they are held. */
export type StreetPlace = {
  readonly location: string;
  /** The district they lie in, folded; null where none is held. */
  readonly district: string | null;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** Adds postcodes or gives them new points; returns how many are new or changed. */
export async function writePostcodes(client: PoolClient, rows: readonly PostcodeRow[]): Promise<number> {
  const column = <T>(value: (row: PostcodeRow) => T) => rows.map(value);
  const { rowCount } = await client.query(sql('upsert-postcodes'), [
    column(({ postcode }) => postcode),
    column(({ lng }) => lng),
    column(({ lat }) => lat),
    column(({ withinMetres }) => withinMetres),
  ]);
  return rowCount ?? 0;
}

/** How many postcodes are held. */
export async function countPostcodes(client: PoolClient): Promise<number> {
  return (await client.query<{ count: number }>(sql('count-postcodes'))).rows[0]!.count;
}

/** All postcodes, packed (see `read-postcodes.sql`), in chunks that follow one another in the order of their bytes. */
export async function readPostcodes(client: PoolClient): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    const { rows } = await client.query<{ packed: Buffer | null }>(sql('read-postcodes'), [letter]);
    if (rows[0]?.packed) chunks.push(rows[0].packed);
  }
  return chunks;
}

/** The words of all places with the rectangles they are held in: what a gazetteer of streets is made of. */
export async function readStreetPlaces(client: PoolClient): Promise<StreetPlace[]> {
  return (await client.query<StreetPlace>(sql('read-street-places'))).rows;
}
