import { Agent } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { ask } from './ask.ts';

/** Throws unless two servers give the same cells with the same counts; returns how many cells were compared. */
export async function refuseUnequalTiles(ours: string, theirs: string, paths: readonly string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  let compared = 0;
  for (const path of paths) {
    const expected = await readCells(agent, ours + path);
    const found = await readCells(agent, theirs + path);
    const isEqual = expected.size === found.size && [...expected].every(([id, count]) => found.get(id) === count);
    if (!isEqual) throw new Error(`${path}: ${expected.size} cells from ours, ${found.size} others from ST_AsMVT`);
    compared += expected.size;
  }
  agent.destroy();
  return compared;
}

async function readCells(agent: Agent, url: string): Promise<Map<number, number>> {
  const { status, body } = await ask(agent, url, { 'accept-encoding': 'gzip' });
  if (status === 204) return new Map();
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  const isPacked = body[0] === 0x1f && body[1] === 0x8b;
  const layer = new VectorTile(new PbfReader(isPacked ? gunzipSync(body) : body)).layers.cells;
  const features = Array.from({ length: layer?.length ?? 0 }, (_, index) => layer!.feature(index));
  return new Map(features.map(({ id, properties }) => [Number(id), Number(properties.count)]));
}
