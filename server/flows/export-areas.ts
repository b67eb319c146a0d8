import type { FeatureCollection } from 'geojson';
import type { Areas } from '../model.ts';
import type { Database } from '../store/database.ts';
import { readAreaPolygons } from '../store/read-area-polygons.ts';

/** Areas with their boundaries and numbers as GeoJSON. */
export async function exportAreas(database: Database, { layer, validFrom, areas }: Areas): Promise<FeatureCollection> {
  const polygons = await database.read((client) => readAreaPolygons(client, layer, validFrom));
  const geometries = new Map(polygons.map(({ code, geometry }) => [code, geometry]));
  return {
    type: 'FeatureCollection',
    features: areas.map((properties) => ({
      type: 'Feature',
      properties: { ...properties, layer, valid_from: validFrom },
      geometry: JSON.parse(geometries.get(properties.code) ?? 'null'),
    })),
  };
}
