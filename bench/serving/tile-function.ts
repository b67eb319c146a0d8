import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cellToBoundary } from 'h3-js';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { cellOfKey } from '../../server/count/cell-index.ts';
import { mercatorX, mercatorY } from '../../server/tiles/mercator.ts';
import { isKept, prepareRowTable, resolutions } from '../scale/row-table.ts';

/** To be raised when the tables or the function change. */
const edition = 'cells and tile function, edition 1, complete';

/** Half the way around the world in EPSG:3857. */
const halfWorld = 20_037_508.342789244;

/**
 * The rows and covering indexes of the comparison of counts, beside them the outline of every cell with a spatial
 * index, and `bench.cells_tile`, which counts and draws a tile. Kept from run to run.
 */
export async function prepareTileFunction(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await prepareRowTable(client);
    if (await isKept(client, 'bench.cell9', edition)) return;
    for (const resolution of resolutions) await writeCells(client, resolution);
    await client.query(tileFunction);
    await client.query(`comment on table bench.cell9 is '${edition}'`);
    console.log('outlines of cells and the tile function: made');
  } finally {
    await client.end();
  }
}

async function writeCells(client: pg.Client, resolution: number): Promise<void> {
  const table = `bench.cell${resolution}`;
  await client.query(`drop table if exists ${table}`);
  await client.query(
    `create unlogged table ${table} (cell bigint primary key, id bigint, boundary geometry(Polygon, 3857))`,
  );
  const { rows } = await client.query<{ cell: string; id: string }>(
    `select cell${resolution}::text as cell, (cell${resolution} & ${2n ** 52n - 1n})::text as id
     from bench.row group by cell${resolution}`,
  );
  const lines = rows.map(({ cell, id }) => `${cell}\t${id}\t${outline(Number(id), resolution)}\n`);
  await pipeline(Readable.from(lines), client.query(copyFrom(`copy ${table} from stdin`)));
  await client.query(`create index on ${table} using gist (boundary)`);
  await client.query(`vacuum analyze ${table}`);
}

function outline(key: number, resolution: number): string {
  const ring = cellToBoundary(cellOfKey(key, resolution)).map(
    ([lat, lng]) => `${(mercatorX(lng) - 0.5) * 2 * halfWorld} ${(0.5 - mercatorY(lat)) * 2 * halfWorld}`,
  );
  return `SRID=3857;POLYGON((${[...ring, ring[0]].join(',')}))`;
}

/**
 * Planned anew for each tile, so that the planner sees what is asked for. Extent and margin are those of our tiles;
 * hexagons are not clipped, as ours are not: clipping would cost it more.
 */
const tileFunction = `
  create or replace function bench.cells_tile
    (resolution integer, z integer, x integer, y integer, categories smallint[], first_day smallint, last_day smallint)
  returns bytea language plpgsql stable as $body$
  declare tile bytea;
  begin
    execute format($query$
      select st_asmvt(feature, 'cells', 2048, 'drawn', 'id') from (
        select c.id, r.count::int as count,
          st_asmvtgeom(c.boundary, st_tileenvelope($1, $2, $3), 2048, 32, false) as drawn
        from bench.cell%1$s c
        cross join lateral (
          select count(*) as count from bench.row
          where cell%1$s = c.cell and category = any($4) and day between $5 and $6) r
        where c.boundary && st_tileenvelope($1, $2, $3, margin => 32.0 / 2048) and r.count > 0) feature
      $query$, resolution)
    into tile using z, x, y, categories, first_day, last_day;
    return tile;
  end $body$`;
