import type { PoolClient } from 'pg';
import { sql } from './sql.ts';

/** A boundary as GeoJSON text, and the point well inside it at which its name stands. */
export type StoredPolygon = {
  readonly code: string;
  readonly name: string;
  readonly geometry: string;
  readonly lng: number;
  readonly lat: number;
};

/** The boundaries of one vintage of a layer. */
export async function readAreaPolygons(
  client: PoolClient,
  layer: string,
  validFrom: string | null,
): Promise<StoredPolygon[]> {
  const { rows } = await client.query<StoredPolygon>(sql('read-area-polygons'), [layer, validFrom]);
  return rows;
}
