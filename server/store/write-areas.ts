import type { PoolClient } from 'pg';
import { sql } from './sql.ts';
import { bumpVersion } from './versions.ts';

/** One area as it goes into the database; `geometry` is GeoJSON, Polygon or MultiPolygon in WGS84. */
export type AreaRow = {
  readonly code: string;
  readonly name: string;
  readonly population: number | null;
  readonly geometry: object;
};

/** Adds or replaces the areas of one vintage, and finds the places in them; returns how many areas. */
export async function writeAreas(
  client: PoolClient,
  vintage: { readonly layer: string; readonly validFrom: string | null; readonly attribution: string },
  areas: readonly AreaRow[],
): Promise<number> {
  const ids: number[] = [];
  for (const area of areas) {
    const { rows } = await client.query<{ id: number }>(sql('upsert-area'), [
      vintage.layer,
      area.code,
      area.name,
      vintage.validFrom,
      area.population,
      vintage.attribution,
      JSON.stringify(area.geometry),
    ]);
    ids.push(rows[0]!.id);
  }
  await client.query(sql('close-older-areas'), [ids]);
  await client.query(sql('forget-places-of-areas'), [ids]);
  await client.query(sql('assign-areas'), [ids]);
  await client.query(sql('forget-named-places'));
  await client.query(sql('assign-named-places'), [null]);
  await bumpVersion(client, { firstDay: null, lastDay: null, areas: true });
  return ids.length;
}
