import type { FeatureCollection } from 'geojson';
import { describe, expect, it } from 'vitest';
import { areaTiles } from '../../server/tiles/area-tiles.ts';
import { readTile, ringArea, tileAt } from '../helpers/read-tile.ts';

const box = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
/** Two wards side by side; the second has a hole. */
const polygons: FeatureCollection = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { code: 'W1' },
      geometry: { type: 'Polygon', coordinates: [box(-1.25, 54.65, -1.2, 54.7)] },
    },
    {
      type: 'Feature',
      properties: { code: 'W2' },
      geometry: {
        type: 'MultiPolygon',
        coordinates: [[box(-1.2, 54.65, -1.15, 54.7), box(-1.19, 54.66, -1.18, 54.67).reverse()]],
      },
    },
  ],
};
const labels: FeatureCollection = {
  type: 'FeatureCollection',
  features: polygons.features.map(({ properties }, index) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Point', coordinates: [-1.225 + index * 0.05, 54.685] },
  })),
};
const tiles = areaTiles(polygons, labels);
const numbers = (code: string) => ({ code, name: `Ward ${code}`, count: code === 'W1' ? 7 : 0 });
const inside = { lat: 54.685, lng: -1.225 };

describe('a tile of areas', () => {
  it('has the areas and their labels, with their numbers', () => {
    const layers = readTile(tiles.encode(tileAt(inside, 11), numbers)!);
    expect(Object.keys(layers)).toEqual(['areas', 'labels']);
    for (const features of Object.values(layers)) {
      expect(features.map(({ properties }) => properties)).toEqual([numbers('W1'), numbers('W2')]);
    }
    expect(layers.labels!.every(({ type }) => type === 1)).toBe(true);
  });

  it('draws outer rings clockwise and holes the other way round', () => {
    const { areas } = readTile(tiles.encode(tileAt(inside, 8), numbers)!);
    const [plain, holed] = areas!.map(({ rings }) => rings.map((ring) => Math.sign(ringArea(ring))));
    expect(plain).toEqual([1]);
    expect(holed).toEqual([1, -1]);
  });

  it('draws the area under a point at every zoom at which it is to be seen', () => {
    for (let z = 5; z <= 22; z++) {
      const tile = tiles.encode(tileAt(inside, z), numbers);
      const { areas } = readTile(tile ?? new Uint8Array());
      expect([z, ...(areas ?? []).map(({ properties }) => properties.code)]).toContain('W1');
    }
  });

  it('takes other numbers with each request', () => {
    const address = tileAt(inside, 12);
    const first = tiles.encode(address, (code) => ({ code, count: 1 }))!;
    const second = tiles.encode(address, (code) => ({ code, count: 2 }))!;
    expect(readTile(first).areas![0]!.properties.count).toBe(1);
    expect(readTile(second).areas![0]!.properties.count).toBe(2);
  });

  it('is null where there are no areas', () => {
    expect(tiles.encode({ z: 12, x: 0, y: 0 }, numbers)).toBeNull();
    const none = { type: 'FeatureCollection' as const, features: [] };
    expect(areaTiles(none, none).encode({ z: 0, x: 0, y: 0 }, numbers)).toBeNull();
  });
});
