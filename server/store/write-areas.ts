import type { PoolClient } from 'pg';
import { InputError } from '../errors.ts';
import { sql } from './sql.ts';
import { bumpVersion } from './versions.ts';

/** One area as it goes into the database; `geometry` is GeoJSON, Polygon or MultiPolygon in WGS84. */
export type AreaRow = {
  readonly code: string;
  readonly name: string;
  readonly population: number | null;
  readonly geometry: object;
};

/** A layer's areas as they were from one day on; null where the day is not known. */
export type Vintage = { readonly layer: string; readonly validFrom: string | null };

/** What became of the areas of a vintage. */
export type WrittenAreas = {
  readonly written: number;
  /** How many of them were held before, in this or another form. */
  readonly replaced: number;
  /** Codes of areas whose outline crossed itself. */
  readonly mended: readonly string[];
  /** Codes of areas that were held before and had to give way. */
  readonly removed: readonly string[];
};

type Upserted = {
  readonly id: number;
  readonly code: string;
  readonly replaced: boolean;
  readonly mended: boolean;
  readonly empty: boolean;
};

/**
 * Adds or replaces the areas of one vintage, and finds the places in them. Areas of the vintage that lie elsewhere stay:
 * its districts may come in files of their own.
 */
export async function writeAreas(
  client: PoolClient,
  vintage: Vintage & { readonly attribution: string },
  areas: readonly AreaRow[],
): Promise<WrittenAreas> {
  const upserted: Upserted[] = [];
  for (const area of areas) upserted.push(await upsertArea(client, vintage, area));
  const ids = upserted.map(({ id }) => id);
  const { rows: removed } = await client.query<{ code: string }>(sql('remove-overlaid-areas'), [
    vintage.layer,
    vintage.validFrom,
    ids,
  ]);
  await client.query(sql('close-older-areas'), [ids]);
  await client.query(sql('end-areas'), [ids]);
  await client.query(sql('forget-places-of-areas'), [ids]);
  await client.query(sql('assign-areas'), [ids]);
  await client.query(sql('forget-named-places'));
  await client.query(sql('assign-named-places'), [null]);
  await bumpVersion(client, { firstDay: null, lastDay: null, areas: true });
  return {
    written: ids.length,
    replaced: upserted.filter(({ replaced }) => replaced).length,
    mended: upserted.filter(({ mended }) => mended).map(({ code }) => code),
    removed: removed.map(({ code }) => code).sort(),
  };
}

async function upsertArea(
  client: PoolClient,
  { layer, validFrom, attribution }: Vintage & { readonly attribution: string },
  { code, name, population, geometry }: AreaRow,
): Promise<Upserted> {
  const { rows } = await client.query<Omit<Upserted, 'code'>>(sql('upsert-area'), [
    layer,
    code,
    name,
    validFrom,
    population,
    attribution,
    JSON.stringify(geometry),
  ]);
  const row = rows[0]!;
  if (row.empty) {
    throw new InputError(`the outline of ${code} surrounds nothing. Correct it and load the file again.`, {
      code: 'not-areas',
    });
  }
  return { ...row, code };
}

/** Codes of a layer's areas by vintage, the oldest first. */
export async function listVintages(
  client: PoolClient,
  layer: string,
): Promise<readonly { readonly validFrom: string | null; readonly codes: readonly string[] }[]> {
  const { rows } = await client.query(sql('list-area-codes'), [layer]);
  return rows as { validFrom: string | null; codes: string[] }[];
}

/** Gives areas of one vintage their residents; the others keep theirs. */
export async function writePopulations(
  client: PoolClient,
  { layer, validFrom }: Vintage,
  populations: ReadonlyMap<string, number>,
): Promise<void> {
  await client.query(sql('set-populations'), [layer, validFrom, [...populations.keys()], [...populations.values()]]);
  await bumpVersion(client, { firstDay: null, lastDay: null, areas: true });
}
