import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** A feature of a vector tile as another implementation reads it; rings are closed, in tile units. */
export type TileFeature = {
  readonly id: number | undefined;
  readonly type: number;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  readonly rings: readonly (readonly { readonly x: number; readonly y: number }[])[];
};

/** The features of a tile by layer. */
export function readTile(bytes: Uint8Array): Record<string, TileFeature[]> {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, index) => {
        const feature = layer.feature(index);
        const { id, type, properties } = feature;
        return { id, type, properties: { ...properties }, rings: feature.loadGeometry() };
      }),
    ]),
  );
}

/** Area of a closed ring by the surveyor's formula: positive if it runs clockwise on a screen, as outer rings do. */
export function ringArea(ring: readonly { readonly x: number; readonly y: number }[]): number {
  let twice = 0;
  for (let at = 1; at < ring.length; at++) twice += ring[at - 1]!.x * ring[at]!.y - ring[at]!.x * ring[at - 1]!.y;
  return twice / 2;
}

/** The tile of a zoom in which a position lies. */
export function tileAt({ lat, lng }: { lat: number; lng: number }, z: number) {
  const latitude = (lat * Math.PI) / 180;
  const y = (1 - Math.log(Math.tan(latitude) + 1 / Math.cos(latitude)) / Math.PI) / 2;
  return { z, x: Math.floor((lng / 360 + 0.5) * 2 ** z), y: Math.floor(y * 2 ** z) };
}
