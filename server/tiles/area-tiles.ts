import { GeoJSONVT, type GeoJSONVTFeature } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { FeatureCollection } from 'geojson';
import type { TileAddress } from './mercator.ts';

type Properties = Readonly<Record<string, string | number>>;

/** Boundaries cut into tiles once; each tile is then encoded with the numbers of one filter. */
export type AreaTiles = {
  /** A tile with the layers `areas` (polygons) and `labels` (a point each), or null where there is none. */
  encode(address: TileAddress, propertiesOf: (code: string) => Properties): Uint8Array | null;
};

const options = { maxZoom: 22, indexMaxZoom: 8, tolerance: 1, extent: 4096, buffer: 64 };

/** Prepares tiles of polygons, and of the points at which their names stand; every feature has a property `code`. */
export function areaTiles(polygons: FeatureCollection, labels: FeatureCollection): AreaTiles {
  const sliced = { areas: new GeoJSONVT(polygons, options), labels: new GeoJSONVT(labels, options) };
  return {
    encode({ z, x, y }, propertiesOf) {
      const layers = Object.entries(sliced).flatMap(([name, index]) => {
        const tile = index.getTile(z, x, y);
        if (!tile || tile.features.length === 0) return [];
        const features = tile.features.map((feature: GeoJSONVTFeature) => ({
          ...feature,
          tags: propertiesOf(String(feature.tags?.code)),
        }));
        return [[name, { ...tile, features }] as const];
      });
      return layers.length === 0
        ? null
        : fromGeojsonVt(Object.fromEntries(layers), { version: 2, extent: options.extent });
    },
  };
}
