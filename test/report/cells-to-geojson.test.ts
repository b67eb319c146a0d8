import { area } from '@turf/turf';
import { cellArea, gridDisk, latLngToCell } from 'h3-js';
import { expect, it } from 'vitest';
import { cellsToGeojson } from '../../server/report/cells-to-geojson.ts';

it('draws each cell as a closed polygon of its own size, longitude first, with its values as properties', () => {
  const cells = gridDisk(latLngToCell(54.686, -1.212, 9), 2).map((cell, count) => ({ cell, count }));
  const { type, features } = cellsToGeojson(cells);
  expect(type).toBe('FeatureCollection');
  expect(features.map(({ properties }) => properties)).toEqual(cells);
  for (const feature of features) {
    const [ring] = (feature.geometry as GeoJSON.Polygon).coordinates;
    expect(ring![0]).toEqual(ring!.at(-1));
    expect(ring!.every(([lng, lat]) => lng! < 0 && lat! > 54)).toBe(true);
    expect(area(feature) / cellArea(feature.properties!.cell, 'm2')).toBeCloseTo(1, 1);
  }
});
