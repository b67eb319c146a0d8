import type { FeatureCollection } from 'geojson';
import type { AreaLayer } from '../count/columns.ts';
import type { Filter } from '../model.ts';
import type { Database } from '../store/database.ts';
import { readAreaPolygons, type StoredPolygon } from '../store/read-area-polygons.ts';
import { type AreaTiles, areaTiles } from '../tiles/area-tiles.ts';
import type { TileAddress } from '../tiles/mercator.ts';
import { countAreas } from './count-areas.ts';
import type { Holdings } from './load-holdings.ts';

const prepared = new WeakMap<Holdings, Map<string, Promise<AreaTiles>>>();

/** One tile of areas and their names with their counts, or null where there is none. */
export async function drawAreasTile(
  database: Database,
  holdings: Holdings,
  filter: Filter,
  layer: AreaLayer,
  address: TileAddress,
): Promise<Uint8Array | null> {
  const tiles = await tilesOf(database, holdings, layer.layer, layer.validFrom);
  // an area that the filter leaves out is drawn without a number
  const counted = await countAreas(holdings, filter, layer);
  const numbers = new Map(counted.areas.map(({ code, ...area }) => [code, area]));
  const names = new Map(layer.areas.map(({ code, name }) => [code, name]));
  return tiles.encode(
    address,
    (code) => ({ code, name: names.get(code) ?? code, ...numbers.get(code) }) as Record<string, string | number>,
  );
}

function tilesOf(database: Database, holdings: Holdings, layer: string, validFrom: string | null): Promise<AreaTiles> {
  const known = prepared.get(holdings) ?? new Map<string, Promise<AreaTiles>>();
  prepared.set(holdings, known);
  const key = `${layer} ${validFrom}`;
  let tiles = known.get(key);
  if (!tiles) {
    tiles = database.read((client) => readAreaPolygons(client, layer, validFrom)).then(sliced);
    tiles.catch(() => known.delete(key));
    known.set(key, tiles);
  }
  return tiles;
}

function sliced(polygons: readonly StoredPolygon[]): AreaTiles {
  const collection = (geometry: (area: StoredPolygon) => GeoJSON.Geometry): FeatureCollection => ({
    type: 'FeatureCollection',
    features: polygons.map((area) => ({ type: 'Feature', properties: { code: area.code }, geometry: geometry(area) })),
  });
  return areaTiles(
    collection(({ geometry }) => JSON.parse(geometry)),
    collection(({ lng, lat }) => ({ type: 'Point', coordinates: [lng, lat] })),
  );
}
