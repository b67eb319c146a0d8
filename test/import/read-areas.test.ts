import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { findAreaProperties } from '../../server/import/find-area-properties.ts';
import { readAreas } from '../../server/import/read-areas.ts';
import { readPopulation } from '../../server/import/read-population.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

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
      'look like metres of the British National Grid (EPSG:27700); convert the file to WGS84 degrees',
    ],
    [
      'latitude first',
      collection([feature({ coordinates: [ring.map(([x, y]) => [y, x])] })]),
      'look like latitude first',
    ],
    [
      'another system',
      collection([feature()], crs('urn:ogc:def:crs:EPSG::27700')),
      'FILE is in the coordinate system urn:ogc:def:crs:EPSG::27700. Convert it to WGS84',
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

  test('a file that is not there is named', async () => {
    await expect(readAreas('/no/such.geojson', { layer: 'ward' })).rejects.toThrow(
      'There is no file /no/such.geojson.',
    );
  });
});

describe('finding the properties of a layer', () => {
  const wards25 = ['FID', 'WD25CD', 'WD25NM', 'WD25NMW', 'LAD25CD', 'LAD25NM', 'LADCD_ACTIVE', 'UTLACD', 'RGNCD'];

  test.each([
    ['ward', wards25, 'WD25CD', 'WD25NM', '2025-01-01'],
    ['district', wards25, 'LAD25CD', 'LAD25NM', '2025-01-01'],
    ['ward', ['WD13CD', 'WD13CDO', 'WD13NM', 'WD13NMW'], 'WD13CD', 'WD13NM', '2013-01-01'],
    ['lsoa', ['LSOA21CD', 'LSOA21NM', 'UTLACD'], 'LSOA21CD', 'LSOA21NM', '2021-01-01'],
    ['ward', ['wd99cd', 'wd99nm'], 'wd99cd', 'wd99nm', '1999-01-01'],
    ['beat', ['Name', 'Code', 'WD25CD', 'WD25NM'], 'Code', 'Name', null],
    ['beat', ['BEAT24CD', 'BEAT24NM'], 'BEAT24CD', 'BEAT24NM', '2024-01-01'],
    ['ward', ['WDCD', 'WDNM'], 'WDCD', 'WDNM', null],
  ])('%s of %j', (layer, properties, code, name, validFrom) => {
    expect(findAreaProperties('a.geojson', properties, layer)).toEqual({ code, name, validFrom });
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

describe('reading populations', () => {
  const read = (text: string, column?: string) =>
    readPopulation(fileOf(text, 'csv'), ['E1', 'E2'], column === undefined ? {} : { column });

  test('columns are found by their values and their names', async () => {
    const found = await read('area,name,Residents 2021,households\nE1,North,"1,254.0",600\nE9,Far,1,1\n');
    expect(found).toEqual({
      populations: new Map([['E1', 1254]]),
      codeColumn: 'area',
      populationColumn: 'Residents 2021',
      missing: ['E2'],
    });
  });

  test('a column can be named', async () => {
    expect((await read('code,pop_2019,pop_2020\nE1,10,20\nE2,30,40\n', 'POP_2020')).populations.get('E2')).toBe(40);
  });

  test.each([
    ['code,pop_2019,pop_2020\nE1,10,20\n', 'has more than one column of residents: pop_2019, pop_2020.'],
    ['code,people\nE9,10\n', 'No column of FILE holds the codes of these areas. It has: code, people.'],
    ['a,b,people\nE1,E1,10\n', 'More than one column of FILE holds the codes of these areas: a, b.'],
    ['code,count\nE1,10\n', 'FILE has no column called population or residents. It has: code, count.'],
    ['code,people\nE1,10\nE1,11\n', 'FILE has more than one row for E1.'],
    ['code,people\nE1,many\n', 'FILE gives "many" residents for E1. Put in a number of 0 or more.'],
    ['code,people\nE1,-3\n', 'gives "-3" residents for E1'],
    ['code,people\nE1,\n', 'gives "" residents for E1'],
  ])('%j is refused', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message.replace('FILE', `areas-${files - 1}.csv`));
  });

  test('a column that is not there is named with those that are', async () => {
    await expect(read('code,people\nE1,1\n', 'souls')).rejects.toThrow('has no column souls. It has: code, people.');
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

  const codesOf = async (file: string, layer: string) =>
    (await readAreas(sharedData(`boundaries/${file}.geojson`), { layer })).areas.map(({ code }) => code);
  const population = (file: string) => sharedData(`population/population_${file}_tees.csv`);

  test('every ward and every LSOA has residents', async () => {
    const wards = await readPopulation(
      population('ward24_bestfit_census2021'),
      await codesOf('wards-2025-tees', 'ward'),
    );
    expect(wards).toMatchObject({ codeColumn: 'ward24_code', populationColumn: 'residents', missing: [] });
    expect(wards.populations.size).toBe(83);
    const lsoas = await readPopulation(
      population('lsoa21_census2021_with_ward24'),
      await codesOf('lsoa21-tees', 'lsoa'),
    );
    expect(lsoas).toMatchObject({ codeColumn: 'lsoa21_code', populationColumn: 'residents_census2021', missing: [] });
    expect(lsoas.populations.size).toBe(359);
  });

  test('three years side by side are refused until one is named', async () => {
    const codes = await codesOf('lsoa11-tees', 'lsoa');
    const file = population('lsoa11_mid2017_2019_2020');
    await expect(readPopulation(file, codes)).rejects.toThrow('pop_mid2017, pop_mid2019, pop_mid2020');
    const { populations, missing } = await readPopulation(file, codes, { column: 'pop_mid2020' });
    expect([populations.size, missing]).toEqual([352, []]);
  });

  test('a row for each LSOA is not taken for the population of its ward', async () => {
    const codes = await codesOf('wards-2025-tees', 'ward');
    await expect(readPopulation(population('lsoa21_census2021_with_ward24'), codes)).rejects.toThrow(
      'more than one row for',
    );
  });
});
