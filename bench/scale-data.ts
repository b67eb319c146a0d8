/** Ten million incidents to measure on: real places and months of 41 forces, with hours that are made up (derived data). */
import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const file = fileURLToPath(new URL('../../shared/data/scale/national-street.csv.gz', import.meta.url));

/** Whether the national file lies beside the project. */
export function hasScaleData(): boolean {
  return existsSync(file);
}

/**
 * Fills an empty database with `incidents` incidents: the rows of the national file, repeated with another day and hour
 * until there are enough. The hour of the week follows a plain profile, busier in the evening and at the weekend.
 */
export async function fillScaleData(
  client: pg.Client,
  incidents: number,
  leafCell: (lat: number, lng: number) => string,
): Promise<void> {
  await client.query("set work_mem = '512MB'");
  await client.query('create unlogged table national (month text, lng float8, lat float8, crime_type text)');
  await pipeline(
    createReadStream(file),
    createGunzip(),
    client.query(copyFrom('copy national from stdin (format csv, header)')),
  );
  await client.query('analyze national');
  await fillPlaces(client, leafCell);
  await client.query(`insert into source (name, profile) values ('national', 'police-uk-street')`);
  await client.query(`insert into flag_set (flags) values ('{}')`);
  await client.query(
    `insert into category (code) select distinct 'crime.' || lower(regexp_replace(crime_type, '[^A-Za-z]+', '-', 'g')) from national`,
  );
  await client.query('select setseed(0.5)');
  await client.query(
    `insert into incident (source_id, import_id, identity, content, category_id, flag_set_id, occurred_from, precision, place_id)
     select 1, 1, gen_random_uuid(), gen_random_uuid(), category.id, 1,
       (national.month || '-01')::timestamp + floor(random() * 28) * interval '1 day'
         + floor(24 * case when random() < 0.6 then 0.55 + random() * 0.45 else random() end) * interval '1 hour',
       'hour', place.id
     from (select *, row_number() over () as row from national) as national
     cross join generate_series(1, ceil($1 / (select count(*)::numeric from national))::int) as copy
     join place using (lng, lat)
     join category on category.code = 'crime.' || lower(regexp_replace(crime_type, '[^A-Za-z]+', '-', 'g'))
     where (copy - 1) * (select count(*) from national) + national.row <= $1`,
    [incidents],
  );
  await client.query('drop table national');
  await client.query('vacuum analyze incident');
}

/** Distinct points with their cells, which only the H3 library can tell. */
async function fillPlaces(client: pg.Client, leafCell: (lat: number, lng: number) => string): Promise<void> {
  const { rows } = await client.query<{ lng: number; lat: number }>('select distinct lng, lat from national');
  for (let at = 0; at < rows.length; at += 20_000) {
    const part = rows.slice(at, at + 20_000);
    await client.query(
      `insert into place (lng, lat, location, cell)
       select lng, lat, '', cell from unnest($1::float8[], $2::float8[], $3::bigint[]) as given (lng, lat, cell)`,
      [part.map(({ lng }) => lng), part.map(({ lat }) => lat), part.map(({ lng, lat }) => leafCell(lat, lng))],
    );
  }
}
