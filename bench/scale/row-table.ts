import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { latLngToCell } from 'h3-js';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** The resolutions at which cells are counted. */
export const resolutions = [7, 8, 9] as const;
export type Resolution = (typeof resolutions)[number];

/** To be raised when the table or its indexes change; tables of an earlier edition are then made anew. */
const edition = 'rows, edition 2, complete';

const placesPerText = 5_000;

/**
 * For each family of filters the index that was quickest, all covering, so that no query reads the table itself. What
 * was tried and left out is told in the report.
 */
const indexes = (cell: string) => [
  // all, and what no other index narrows down: groups come in order and need no hash table
  `(${cell})`,
  `(${cell}, category, day, hour_of_week)`,
  // one category, alone or with hours
  `(category, ${cell})`,
  `(category, ${cell}, day, hour_of_week)`,
  // narrow: a category and some days, some days, a ward
  `(category, day, hour_of_week, ${cell})`,
  `(day, ${cell})`,
  `(ward, category, day, hour_of_week, ${cell}) where ward > 0`,
];

/**
 * `bench.row`: what the counting needs and no more, a row an incident, with the same cells as ours (those that hold
 * the point), in the order of the finest cells. Kept from run to run.
 */
export async function prepareRowTable(client: pg.Client): Promise<void> {
  await client.query('create schema if not exists bench');
  if (await isKept(client, 'bench.row', edition)) return;
  const began = performance.now();
  await client.query('drop table if exists bench.row, bench.place_cell');
  await client.query(
    "set work_mem = '512MB'; set maintenance_work_mem = '1GB'; set synchronous_commit = off; set jit = off",
  );
  await writePlaceCells(client);
  await client.query(createRows);
  await client.query('drop table bench.place_cell');
  for (const columns of resolutions.flatMap((resolution) => indexes(`cell${resolution}`))) {
    await client.query(`create index on bench.row ${columns}`);
  }
  await client.query('vacuum analyze bench.row');
  await client.query(`comment on table bench.row is '${edition}'`);
  await client.query('reset all');
  console.log(`comparison table and indexes: made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

/**
 * Whether a table of an edition is there from an earlier run, and full: a server that ends without warning comes back with
 * its unlogged tables empty.
 */
export async function isKept(client: pg.Client, table: string, edition: string): Promise<boolean> {
  const note = "select obj_description(to_regclass($1), 'pg_class') as note";
  const found = await client.query<{ note: string | null }>(note, [table]);
  if (found.rows[0]?.note !== edition) return false;
  const { rows } = await client.query<{ full: boolean }>(`select exists (select from ${table}) as "full"`);
  return rows[0]!.full;
}

const createRows = `
  create unlogged table bench.row as
  select cell7, cell8, cell9,
    (occurred_from::date - date '1970-01-01')::smallint as day,
    ((extract(isodow from occurred_from) - 1) * 24 + extract(hour from occurred_from))::smallint as hour_of_week,
    category_id as category,
    coalesce(place_area.area_id, 0)::smallint as ward
  from incident
  join bench.place_cell using (place_id)
  left join place_area using (place_id)
  order by leaf, incident.id`;

async function writePlaceCells(client: pg.Client): Promise<void> {
  await client.query(`
    create unlogged table bench.place_cell
      (place_id integer, leaf bigint, cell7 bigint, cell8 bigint, cell9 bigint)`);
  const { rows } = await client.query<Place>('select id, lat, lng, cell::text as leaf from place');
  const into = client.query(copyFrom('copy bench.place_cell from stdin'));
  await pipeline(Readable.from(placeTexts(rows)), into);
  await client.query('analyze bench.place_cell');
}

type Place = { readonly id: number; readonly lat: number; readonly lng: number; readonly leaf: string };

function* placeTexts(places: readonly Place[]): Generator<string> {
  for (let at = 0; at < places.length; at += placesPerText) {
    yield places
      .slice(at, at + placesPerText)
      .map(({ id, lat, lng, leaf }) => {
        const cells = resolutions.map((resolution) => BigInt(`0x${latLngToCell(lat, lng, resolution)}`));
        return `${[id, leaf, ...cells].join('\t')}\n`;
      })
      .join('');
  }
}
