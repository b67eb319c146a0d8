/**
 * What most would write: a Fastify route that lets PostGIS count and draw the tile, compresses it and keeps it by its
 * address, so that a tile asked for again, or by several at once, is made once. A process of its own for the benches.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastify from 'fastify';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { dayNumber } from '../../server/count/calendar.ts';
import { resolutionForZoom } from '../../server/model.ts';

type Params = { z: string; x: string; y: string };
type Query = { categories: string; from: string; to: string };

const mostTiles = 10_000;
const connections = 8;
/** What makes the planner take indexes that lie in memory, and spares it the compiling of short queries. */
const options = '-c jit=off -c random_page_cost=1.1 -c effective_cache_size=8GB -c work_mem=64MB';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: connections, options });
const { rows } = await pool.query<{ code: string; id: number }>('select code, id from category');
const categoryIds = new Map(rows.map(({ code, id }) => [code, id]));
const cache = new LRUCache<string, { readonly tile: Promise<Buffer | null> }>({ max: mostTiles });
const app = fastify();

app.get<{ Params: Params; Querystring: Query }>('/tiles/cells/:z/:x/:y.mvt', async (request, reply) => {
  const { url, params, query } = request;
  const kept = cache.get(url) ?? { tile: packedTile(params, query) };
  cache.set(url, kept);
  const tile = await kept.tile;
  if (!tile) return reply.code(204).send();
  reply.header('content-type', 'application/vnd.mapbox-vector-tile').header('content-encoding', 'gzip');
  return reply.send(tile);
});

async function packedTile({ z, x, y }: Params, { categories, from, to }: Query): Promise<Buffer | null> {
  const ids = categories.split(',').map((code) => categoryIds.get(code));
  const values = [resolutionForZoom(Number(z)), z, x, y, ids, dayNumber(from), dayNumber(to)];
  const found = await pool.query<{ tile: Buffer | null }>({
    name: 'tile',
    text: 'select bench.cells_tile($1, $2, $3, $4, $5, $6, $7) as tile',
    values,
  });
  const tile = found.rows[0]?.tile;
  return tile && tile.length > 0 ? promisify(gzip)(tile) : null;
}

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.once('SIGTERM', () => app.close().then(() => pool.end()));
process.stdout.write(`Ready with ST_AsMVT: ${address}\n`);
