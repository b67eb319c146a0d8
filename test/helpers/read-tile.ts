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

/** The H3 index that a feature's id stands for. */
export function cellOfFeature({ id }: Pick<TileFeature, 'id'>, resolution: number): string {
  return `8${resolution.toString(16)}${id!.toString(16).padStart(13, '0')}`;
}

/** Cells and their numbers out of the compact form, by its description in docs/compact-cells.md. */
export function readCompact(bytes: Uint8Array): { resolution: number; cells: { cell: string; values: number[] }[] } {
  let at = 3;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const [version, resolution, columns] = bytes;
  if (version !== 1) throw new Error(`version ${version}`);
  const below = BigInt(3 * (15 - resolution!));
  let short = 0n;
  const cells = Array.from({ length: Number(varint()) }, () => {
    short += varint();
    const id = (short << below) | ((1n << below) - 1n);
    return { cell: cellOfFeature({ id: Number(id) }, resolution!), values: [] as number[] };
  });
  for (let column = 0; column < columns!; column++) for (const cell of cells) cell.values.push(Number(varint()));
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are left`);
  return { resolution: resolution!, cells };
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
