import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { findAreaProperties } from '../../server/import/find-area-properties.ts';
import { readAreas as readAreasOf } from '../../server/import/read-areas.ts';
import { bngToWgs84 } from '../../server/locate/bng-to-wgs84.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const readAreas = (path: string, options: { layer: string; code?: string; name?: string }) =>
  readAreasOf(path, { ...options, bngToWgs84 });

const folder = mkdtempSync(join(tmpdir(), 'areas-'));
let files = 0;

function fileOf(content: unknown, extension = 'geojson'): string {
  const path = join(folder, `areas-${files++}.${extension}`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const ring = [
  [-1.2, 54.6],
  [-1.1, 54.6],
  [-1.1, 54.7],
  [-1.2, 54.6],
];

function feature(
  changes: { code?: unknown; name?: unknown; type?: string; coordinates?: unknown; geometry?: null } = {},
) {
  const { code = 'E05000001', name = 'North', type = 'Polygon', coordinates = [ring] } = changes;
  return {
    type: 'Feature',
    properties: { WD25CD: code, WD25NM: name },
    geometry: changes.geometry === null ? null : { type, coordinates },
  };
}

const collection = (features: readonly unknown[], more: object = {}) => ({
  type: 'FeatureCollection',
  ...more,
  features,
});
/** Tower Street and its neighbours, in metres. */
const grid = [
  [450_900, 532_600],
  [451_400, 532_600],
  [451_400, 533_100],
  [450_900, 532_600],
];
const crs = (name: string) => ({ crs: { type: 'name', properties: { name } } });

describe('reading areas', () => {
  test('code, name, polygon and year are found', async () => {
    const two = feature({ code: 'E05000002', name: ' South ', type: 'MultiPolygon', coordinates: [[ring], [ring]] });
    const areas = await readAreas(fileOf(collection([feature(), two], crs('urn:ogc:def:crs:EPSG::4326'))), {
      layer: 'ward',
    });
    expect(areas).toMatchObject({ codeProperty: 'WD25CD', nameProperty: 'WD25NM', validFrom: '2025-01-01' });
    expect(areas.areas.map(({ code, name, geometry }) => [code, name, geometry.type])).toEqual([
      ['E05000001', 'North', 'Polygon'],
      ['E05000002', 'South', 'MultiPolygon'],
    ]);
  });

  test.each<[what: string, content: unknown, message: string]>([
    [
      'a code twice',
      collection([feature(), feature()]),
      'Features 1 and 2 of FILE have the same code E05000001. Join them',
    ],
    ['a blank code', collection([feature(), feature({ code: ' ' })]), 'Feature 2 of FILE has no WD25CD. Fill it in'],
    ['a code that is no text', collection([feature({ code: null })]), 'Feature 1 of FILE has no WD25CD'],
    ['a blank name', collection([feature({ name: '' })]), 'Feature 1 of FILE (E05000001) has no WD25NM'],
    [
      'a point',
      collection([feature({ type: 'Point', coordinates: [-1.2, 54.6] })]),
      'Feature 1 of FILE (E05000001) is a Point, not a Polygon',
    ],
    ['no geometry', collection([feature({ geometry: null })]), 'Feature 1 of FILE (E05000001) has no geometry'],
    [
      'an open ring',
      collection([feature({ coordinates: [[...ring.slice(0, 3), [-1.3, 54.6]]] })]),
      'has a ring that is not closed',
    ],
    [
      'a ring too short',
      collection([feature({ coordinates: [ring.slice(1)] })]),
      'has a ring of fewer than four positions',
    ],
    ['no rings', collection([feature({ coordinates: [] })]), 'has a polygon without rings'],
    [
      'an empty multipolygon',
      collection([feature({ type: 'MultiPolygon', coordinates: [] })]),
      'has a geometry without coordinates',
    ],
    [
      'positions of text',
      collection([feature({ coordinates: [ring.map(([x, y]) => [`${x}`, `${y}`])] })]),
      'has a position that is not two numbers',
    ],
    [
      'metres',
      collection([feature({ coordinates: [ring.map(([x = 0, y = 0]) => [x * 1e5, y * 1e4])] })]),
      'which are neither WGS84 degrees nor metres of the British National Grid (EPSG:27700); convert the file',
    ],
    [
      'one position off the grid',
      collection([feature({ coordinates: [[...grid.slice(0, 3), [-5, 529_000], grid[0]]] })]),
      'Feature 1 of FILE (E05000001) has the coordinates -5, 529000, which lie off the British National Grid',
    ],
    [
      'a grid in name only',
      collection([feature()], crs('EPSG:27700')),
      'says that it is in the British National Grid (EPSG:27700), but its coordinates are not metres of it. Take its crs out',
    ],
    [
      'a line there and back',
      collection([
        feature({
          coordinates: [
            [
              [-1.3, 54.6],
              [-1.2, 54.7],
              [-1.25, 54.65],
              [-1.3, 54.6],
            ],
          ],
        }),
      ]),
      'has a ring whose positions all lie on one line, so that it surrounds nothing',
    ],
    [
      'a point over and over',
      collection([feature({ coordinates: [[ring[0], ring[0], ring[0], ring[0]]] })]),
      'has a ring whose positions all lie on one line',
    ],
    ['a feature that is none', collection([feature(), null]), 'Feature 2 of FILE is not a feature'],
    [
      'latitude first',
      collection([feature({ coordinates: [ring.map(([x, y]) => [y, x])] })]),
      'look like latitude first',
    ],
    [
      'another system',
      collection([feature()], crs('urn:ogc:def:crs:EPSG::3857')),
      'FILE is in the coordinate system urn:ogc:def:crs:EPSG::3857. Convert it to WGS84',
    ],
    ['no features', collection([]), 'FILE has no features'],
    ['one feature alone', feature(), 'FILE is not a GeoJSON FeatureCollection (its type is Feature)'],
    ['TopoJSON', { type: 'Topology' }, 'FILE is not a GeoJSON FeatureCollection (its type is Topology)'],
    ['a list', [], 'FILE is not a GeoJSON FeatureCollection'],
    ['a ZIP archive', 'PK\x03\x04', 'FILE is a ZIP archive (a shapefile, perhaps), not GeoJSON'],
    ['broken JSON', '{"type":', 'FILE is not valid JSON'],
  ])('%s is refused', async (_, content, message) => {
    const path = fileOf(content);
    const reading = readAreas(path, { layer: 'ward' });
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message.replace('FILE', path.slice(folder.length + 1)));
  });

  test.each([
    ['named so', crs('urn:ogc:def:crs:EPSG::27700')],
    ['plainly metres', {}],
  ])('a file in the British National Grid is turned into WGS84: %s', async (_, more) => {
    const { areas, fromGrid } = await readAreas(fileOf(collection([feature({ coordinates: [grid] })], more)), {
      layer: 'ward',
    });
    const [lng, lat] = (areas[0]!.geometry.coordinates as number[][][])[0]![0]!;
    const { lat: expectedLat, lng: expectedLng } = bngToWgs84(450_900, 532_600);
    expect({ fromGrid, lat, lng }).toEqual({ fromGrid: true, lat: expectedLat, lng: expectedLng });
    expect([Math.round(lng! * 100), Math.round(lat! * 100)]).toEqual([-121, 5469]);
  });

  test('any polygons go by the properties that are named', async () => {
    const beats = ['North', 'South'].map((label, index) => ({
      ...feature(),
      properties: { OBJECTID: index, BEAT_REF: `B${index}`, Label: label },
    }));
    const path = fileOf(collection(beats));
    await expect(readAreas(path, { layer: 'beat' })).rejects.toThrow(
      'It has: OBJECTID, BEAT_REF, Label. Name the right ones with --code and --name.',
    );
    const named = await readAreas(path, { layer: 'beat', code: 'beat_ref', name: 'label' });
    expect(named).toMatchObject({ codeProperty: 'BEAT_REF', nameProperty: 'Label', validFrom: null });
    expect(named.areas.map(({ code, name }) => [code, name])).toEqual([
      ['B0', 'North'],
      ['B1', 'South'],
    ]);
    // without a name the code is all there is to call it
    expect((await readAreas(path, { layer: 'beat', code: 'BEAT_REF' })).areas[0]!.name).toBe('B0');
    await expect(readAreas(path, { layer: 'beat', code: 'Beat' })).rejects.toThrow(
      'has no property Beat (--code). It has: OBJECTID, BEAT_REF, Label.',
    );
  });

  test('wards do not pass for the districts they lie in', async () => {
    const wards = ['E05000001', 'E05000002'].map((code) => ({
      ...feature(),
      properties: { WD25CD: code, WD25NM: code, LAD25CD: 'E06000001', LAD25NM: 'Hartlepool' },
    }));
    await expect(readAreas(fileOf(collection(wards)), { layer: 'district' })).rejects.toThrow(
      'have the same code E06000001. The file seems to hold areas of the layer ward, and LAD25CD to say where they lie: load it as that.',
    );
  });

  test('a file that is not there is named', async () => {
    await expect(readAreas('/no/such.geojson', { layer: 'ward' })).rejects.toThrow(
      'There is no file /no/such.geojson.',
    );
  });
});

describe('finding the properties of a layer', () => {
  const wards25 = ['FID', 'WD25CD', 'WD25NM', 'WD25NMW', 'LAD25CD', 'LAD25NM', 'LADCD_ACTIVE', 'UTLACD', 'RGNCD'];

  test.each<readonly [string, readonly string[], string, string, string | null]>([
    ['ward', wards25, 'WD25CD', 'WD25NM', '2025-01-01'],
    ['district', wards25, 'LAD25CD', 'LAD25NM', '2025-01-01'],
    ['ward', ['WD13CD', 'WD13CDO', 'WD13NM', 'WD13NMW'], 'WD13CD', 'WD13NM', '2013-01-01'],
    ['lsoa', ['LSOA21CD', 'LSOA21NM', 'UTLACD'], 'LSOA21CD', 'LSOA21NM', '2021-01-01'],
    ['ward', ['wd99cd', 'wd99nm'], 'wd99cd', 'wd99nm', '1999-01-01'],
    ['beat', ['Name', 'Code', 'WD25CD', 'WD25NM'], 'Code', 'Name', null],
    ['beat', ['BEAT24CD', 'BEAT24NM'], 'BEAT24CD', 'BEAT24NM', '2024-01-01'],
    ['ward', ['WDCD', 'WDNM'], 'WDCD', 'WDNM', null],
    ...Array.from({ length: 13 }, (_, year) => {
      const prefix = `WD${13 + year}`;
      return ['ward', [`${prefix}CD`, `${prefix}NM`], `${prefix}CD`, `${prefix}NM`, `20${13 + year}-01-01`] as [
        string,
        string[],
        string,
        string,
        string,
      ];
    }),
    ['district', ['lad23cd', 'lad23nm', 'lad23nmw'], 'lad23cd', 'lad23nm', '2023-01-01'],
    ['lsoa', ['lsoa21_name', 'lsoa21_code', 'ward24_code', 'ward24_name'], 'lsoa21_code', 'lsoa21_name', '2021-01-01'],
    ['district', ['ltla24_code', 'ltla24_name'], 'ltla24_code', 'ltla24_name', '2024-01-01'],
  ])('%s of %j', (layer, properties, code, name, validFrom) => {
    expect(findAreaProperties('a.geojson', properties, layer)).toMatchObject({ code, name, validFrom });
  });

  test.each([
    [
      'ward',
      ['WD24CD', 'WD24NM', 'WD25CD', 'WD25NM'],
      'a.geojson has more than one code its areas could go by: WD24CD and WD25CD',
    ],
    ['beat', wards25, 'more than one code its areas could go by: WD25CD and LAD25CD'],
    [
      'ward',
      ['LSOA21CD', 'LSOA21NM'],
      'a.geojson has no code for the layer ward; it has LSOA21CD. Load it as the layer lsoa',
    ],
    ['ward', ['id', 'label'], 'has no properties for code and name such as WD25CD and WD25NM. It has: id, label.'],
  ])('%s of %j is refused', (layer, properties, message) => {
    expect(() => findAreaProperties('a.geojson', properties, layer)).toThrow(message);
  });
});

describeWithSharedData('published boundaries and populations', () => {
  test.each([
    ['wards-2025-tees', 'ward', 83, 'WD25CD', '2025-01-01'],
    ['wards-2013-hartlepool', 'ward', 11, 'WD13CD', '2013-01-01'],
    ['lsoa21-tees', 'lsoa', 359, 'LSOA21CD', '2021-01-01'],
    ['lsoa11-tees', 'lsoa', 352, 'LSOA11CD', '2011-01-01'],
  ])('%s has its areas', async (file, layer, count, codeProperty, validFrom) => {
    const areas = await readAreas(sharedData(`boundaries/${file}.geojson`), { layer });
    expect(areas.areas).toHaveLength(count);
    expect(areas).toMatchObject({ codeProperty, validFrom });
  });
});
