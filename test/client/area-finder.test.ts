import { expect, test } from 'vitest';
import { areaFinder } from '../../client/map/area-finder.ts';

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

test('the area at a position is found, holes and several parts included', () => {
  const find = areaFinder([
    { properties: { code: 'ring' }, geometry: { type: 'Polygon', coordinates: [square(0, 0, 10), square(4, 4, 2)] } },
    {
      properties: { code: 'parts' },
      geometry: { type: 'MultiPolygon', coordinates: [[square(4, 4, 2)], [square(20, 0, 1)]] },
    },
  ]);
  expect(find({ lng: 1, lat: 1 })).toBe('ring');
  expect(find({ lng: 5, lat: 5 })).toBe('parts');
  expect(find({ lng: 20.5, lat: 0.5 })).toBe('parts');
  expect(find({ lng: 50, lat: 50 })).toBeNull();
});
