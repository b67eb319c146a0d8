import { expect, test } from 'vitest';
import { cellGeometry } from '../../client/map/cell-geometry.ts';
import { streetNames } from '../../client/map/street-names.ts';

const here = { lat: 54.6847, lng: -1.2168 };
const cell = cellGeometry.cellAt(here, 9);
const centre = cellGeometry.centreOf(cell);
const street = (name: string, north: number, count: number) => ({
  name,
  lat: centre.lat + north / 111_320,
  lng: centre.lng,
  count,
});

test('a hexagon is named after the streets in it, most frequent first, three at most, each once', () => {
  const streets = ['York Road', 'Park Road', 'York Road', 'Elwick Road', 'Stockton Street'].map((name, index) =>
    street(name, index * 10, 50 - index),
  );
  expect(streetNames(cellGeometry, streets, 9).inside(cell)).toEqual(['York Road', 'Park Road', 'Elwick Road']);
});

test('one without streets is near the nearest, if that is no further than a hexagon away', () => {
  const names = streetNames(cellGeometry, [street('Far Lane', 330, 9), street('Near Lane', 260, 1)], 9);
  expect(names.inside(cell)).toEqual([]);
  expect(names.near(cell)).toBe('Near Lane');
  expect(streetNames(cellGeometry, [street('Far Lane', 900, 9)], 9).near(cell)).toBeNull();
});
