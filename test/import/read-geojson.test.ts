import { describe, expect, test } from 'vitest';
import { readRows } from '../../server/import/read-rows.ts';
import { rowsOf, streamOf } from '../helpers/import-fixtures.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const point = (properties: unknown, coordinates: unknown = [-1.21, 54.68], more: object = {}) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates },
  ...more,
});
const collection = (features: unknown, more: object = {}) =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features });

describe('reading GeoJSON points', () => {
  test('properties become columns, and the point lng and lat', async () => {
    const first = point({ what: 'ASB', n: 5, open: true, none: null, tags: ['a', { b: 1 }] }, [-1.21, 54.68, 12]);
    const text = collection([first, point({ what: 'fire', late: 'x' }, [0.0000005, 54])]);
    for (const pieceLength of [1, 7, 65_536]) {
      const { header, fields, rows } = await rowsOf(text, pieceLength);
      expect(header).toEqual(['what', 'n', 'open', 'none', 'tags', 'late', 'lng', 'lat']);
      expect(fields).toEqual([
        ['ASB', '5', 'true', '', '["a",{"b":1}]', '', '-1.21', '54.68'],
        ['fire', '', '', '', '', 'x', '0.0000005', '54'],
      ]);
      expect(rows.layout).toEqual({ kind: 'geojson', encoding: null, delimiter: null });
    }
  });

  test('a feature a line is read too, and a broken line is a fault of its own', async () => {
    const lines = [
      JSON.stringify(point({ a: 1 })),
      '',
      '{"type":"Feature",',
      `\u001e${JSON.stringify(point({ a: 2 }))}`,
    ];
    const { header, records } = await rowsOf(`${lines.join('\r\n')}\r\n`, 5);
    expect(header).toEqual(['a', 'lng', 'lat']);
    expect(records.map(({ line, fields, problem }) => [line, fields[0], problem])).toEqual([
      [1, '1', null],
      [3, '', 'the line is not valid JSON; correct it'],
      [4, '2', null],
    ]);
  });

  test('a feature without a place is kept without one; other geometries are faults of their features', async () => {
    const features = [
      point({}, [1, 2], { geometry: null }),
      point({}, [], { geometry: { type: 'LineString', coordinates: [[1, 2]] } }),
      point({}, ['1', '2']),
      point({}, [[1, 2]], { geometry: { type: 'MultiPoint', coordinates: [[1, 2]] } }),
      point({}, [], {
        geometry: {
          type: 'MultiPoint',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      }),
      { type: 'Point', coordinates: [1, 2] },
      7,
      point(null, []),
    ];
    const { records } = await rowsOf(collection(features));
    expect(records.map(({ line, fields, problem }) => [line, fields.join(' '), problem])).toEqual([
      [1, ' ', null],
      [2, ' ', 'its geometry is a LineString, and only points can be incidents; give it a Point'],
      [3, ' ', 'the coordinates of its point are not two numbers; correct them'],
      [4, '1 2', null],
      [5, ' ', 'its geometry has several points; give it one'],
      [6, ' ', 'it is not a GeoJSON Feature; correct or remove it'],
      [7, ' ', 'it is not a GeoJSON Feature; correct or remove it'],
      [8, ' ', null],
    ]);
  });

  test('the id of a feature is a column, and properties that are named like the point stay beside it', async () => {
    const { header, fields } = await rowsOf(collection([point({ Lat: 9, a: 1 }, [1, 2], { id: 77 })]));
    expect([header, fields]).toEqual([['id', 'properties.Lat', 'a', 'lng', 'lat'], [['77', '9', '1', '1', '2']]]);
    expect((await rowsOf(collection([point({ ID: 5 }, [1, 2], { id: 77 })]))).header).toEqual(['ID', 'lng', 'lat']);
  });

  test('what properties come after the first thousand features is kept in a column of its own', async () => {
    const features = Array.from({ length: 3_000 }, (_, n) => point(n < 2_500 ? { n } : { n, late: n }));
    const { header, fields } = await rowsOf(collection(features), 4_096);
    expect(header).toEqual(['n', 'lng', 'lat', 'other properties']);
    expect([fields[0]?.[3], fields[2_999]?.[3]]).toEqual(['', '{"late":2999}']);
    expect(fields).toHaveLength(3_000);
  });

  test('properties called like the insides of JavaScript are plain names', async () => {
    const text =
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"__proto__":"x","constructor":"y"},"geometry":null}]}';
    const { header, fields } = await rowsOf(text);
    expect([header, fields]).toEqual([['__proto__', 'constructor', 'lng', 'lat'], [['x', 'y', '', '']]]);
  });

  test('WGS84 may be named', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } };
    expect((await rowsOf(collection([point({})], { crs }))).fields).toHaveLength(1);
  });
});

describe('refusing what is not GeoJSON points', () => {
  const bng = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::27700' } };
  test.each<[what: string, content: string, message: string]>([
    [
      'another coordinate system',
      collection([point({})], { crs: bng }),
      'is in the coordinate system urn:ogc:def:crs:EPSG::27700. Convert it to WGS84',
    ],
    [
      'a coordinate system without a name',
      collection([point({})], { crs: { type: 'link', properties: {} } }),
      'is in the coordinate system unknown. Convert it to WGS84',
    ],
    ['no features', collection([]), 'has a header but no rows'],
    [
      'JSON of another kind',
      '{"features":[{"attributes":{}}]}',
      'not a GeoJSON FeatureCollection (its type is undefined)',
    ],
    [
      'an end in the middle',
      collection([point({}), point({})]).slice(0, -20),
      'is not valid JSON after feature 1 (it ends in the middle)',
    ],
    ['text after the end', `${collection([point({})])} x`, 'is not valid JSON after feature 1'],
    ['bad JSON', '{"type":"FeatureCollection","features":[{]}', 'is not valid JSON after feature 0'],
    ['nesting without end', `{"type":"FeatureCollection","features":[${'['.repeat(100_000)}`, 'it is nested too deep'],
    [
      'a feature without end',
      `{"type":"FeatureCollection","features":[{"a":"${'x'.repeat(5e6)}`,
      'Feature 1 of test.csv is longer than',
    ],
  ])('%s', async (_, content, message) => {
    await expect(rowsOf(content)).rejects.toThrow(message);
  });

  test('another coordinate system named after the features stops the reading before its end', async () => {
    const features = Array.from({ length: 5_000 }, (_, n) => point({ n }));
    const rows = await readRows(streamOf(`${collection(features).slice(0, -1)},"crs":${JSON.stringify(bng)}}`));
    const drain = async () => {
      for await (const _ of rows.batches);
    };
    await expect(drain()).rejects.toThrow('Convert it to WGS84');
    expect(() => rows.sha256()).toThrow('not been read to its end');
  });
});

describeWithSharedData('published boundaries', () => {
  test('are no points, and every feature says so', async () => {
    const rows = await readRows(sharedData('boundaries/wards-2025-tees.geojson'));
    const problems: (string | null)[] = [];
    for await (const batch of rows.batches) problems.push(...batch.map(({ problem }) => problem));
    expect(problems).toHaveLength(83);
    expect(problems.every((problem) => problem?.includes('only points can be incidents'))).toBe(true);
  });
});
