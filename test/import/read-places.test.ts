import { describe, expect, test } from 'vitest';
import type { Locate } from '../../server/import/parse-place.ts';
import type { ProfileInput } from '../../server/import/profile.ts';
import { locate, parse, profileOf } from '../helpers/import-fixtures.ts';

const profile = (changes: Partial<ProfileInput> = {}) =>
  profileOf({
    name: 'places',
    title: 'Places',
    source: 'places',
    attribution: '',
    required: [],
    country: 'uk',
    timeZone: 'Europe/London',
    category: { constant: 'asb.nuisance' },
    time: { from: 'day', formats: ['YYYY-MM-DD'] },
    places: [
      { system: 'wgs84', lat: 'lat', lng: 'lng' },
      { system: 'bng', easting: 'x', northing: 'y', withinMetres: 50 },
      { system: 'postcode', column: 'postcode' },
      { system: 'street', column: ['number', 'street'], town: 'Hartlepool' },
      { system: 'area', layer: 'ward', column: 'ward', within: 'council' },
    ],
    identity: {},
    ...changes,
  });
const columns = ['day', 'lat', 'lng', 'x', 'y', 'postcode', 'number', 'street', 'ward', 'council'];

/** A town that knows one postcode and one street. */
const known: Locate = {
  ...locate,
  postcode: (text) => (text === 'TS24 7AA' ? { lat: 54.69, lng: -1.21, withinMetres: 60 } : null),
  street: (text, town) =>
    text === '5 Tower Street' && town === 'Hartlepool' ? { lat: 54.68, lng: -1.2, withinMetres: 200 } : null,
};

async function take(rows: Record<string, string>[], using: Locate = known, changes: Partial<ProfileInput> = {}) {
  const lines = rows.map((row) => columns.map((name) => (name === 'day' ? '2024-05-01' : (row[name] ?? ''))).join(','));
  return parse({ text: `${[columns.join(','), ...lines].join('\n')}\n` }, profile(changes), { locate: using });
}

describe('ways to a place', () => {
  test.each<[row: Record<string, string>, placedBy: string | null, lat: number | null, withinMetres: number | null]>([
    [{ lat: '54.7', lng: '-1.2', postcode: 'TS24 7AA', ward: 'Hart' }, 'coordinates', 54.7, null],
    [{ x: '450550', y: '531850', postcode: 'TS24 7AA' }, 'coordinates', 54.6792, 50],
    [{ lat: '0', lng: '0.0', postcode: 'TS24 7AA' }, 'postcode', 54.69, 60],
    [{ x: '4505**', y: '5318**', postcode: 'TS24 7AA' }, 'postcode', 54.69, 60],
    [{ postcode: 'TS99 9ZZ', number: '5', street: 'Tower Street' }, 'street', 54.68, 200],
    [{ postcode: 'TS99 9ZZ', street: 'No Such Street', ward: 'Hart' }, 'area only', null, null],
    [{ postcode: 'TS99 9ZZ', street: 'No Such Street' }, null, null, null],
    [{}, null, null, null],
  ])('%j is placed by %s', async (row, placedBy, lat, withinMetres) => {
    const { incidents, rejects } = await take([row]);
    expect(rejects).toEqual([]);
    expect(incidents[0]).toMatchObject({ placedBy, withinMetres });
    if (lat === null) expect(incidents[0]?.lat).toBeNull();
    else expect(incidents[0]?.lat).toBeCloseTo(lat, 3);
  });

  test('an area is told with its layer and the larger area it lies in', async () => {
    const { incidents } = await take([{ ward: 'Hart', council: 'Hartlepool' }]);
    expect(incidents[0]?.area).toEqual({ layer: 'ward', name: 'Hart', within: 'Hartlepool' });
  });

  test('postcodes and streets that are not known are counted by column', async () => {
    const rows = [{ postcode: 'TS99 9ZZ', street: 'Nowhere' }, { postcode: 'TS99 9ZY' }, { postcode: 'TS24 7AA' }];
    const { notFound } = await take(rows);
    expect([...notFound]).toEqual([
      ['postcode', 2],
      ['number, street', 1],
    ]);
  });

  test('coordinates outside the bounds of a profile are rejected', async () => {
    const bounds = { south: 54, west: -2, north: 55, east: -1 };
    const { rejects } = await take(
      [
        { lat: '51.5', lng: '-0.1' },
        { x: '530000', y: '180000' },
      ],
      known,
      { bounds },
    );
    expect(rejects.map(({ reason }) => reason)).toEqual(
      Array(2).fill('the place is outside the bounds of the profile; correct the coordinates or leave both blank'),
    );
  });

  test.each([
    [{ lat: '40.7', lng: '-74' }, null],
    [{ lat: '-88.01', lng: '43.1' }, null],
    [{ lat: '-98.01', lng: '43.1' }, 'latitude and longitude look exchanged'],
    [{ lat: '95', lng: '190' }, 'these are not degrees'],
    [{ lat: '0', lng: '0' }, '0, 0 stands for a place that is not known'],
  ])('in any country %j is %s', async (row, reason) => {
    const { incidents, rejects } = await take([row], known, { country: 'any' });
    if (reason === null) expect(incidents[0]?.placedBy).toBe('coordinates');
    else expect(rejects[0]?.reason).toContain(reason);
  });

  test('a profile without places takes incidents without a place', async () => {
    const { incidents } = await take([{ lat: '54.7', lng: '-1.2' }], known, { places: [] });
    expect(incidents[0]).toMatchObject({ lat: null, placedBy: null, attributes: { lat: '54.7', lng: '-1.2' } });
  });
});

describe('masked coordinates', () => {
  test.each(['376***', '37****', '3765xx', '3765XX', '37651#', '******', '-1.2**'])(
    '%s counts as not given, is tallied and kept as it came',
    async (text) => {
      const { incidents, rejects, masked } = await take([{ x: text, y: '177***', ward: 'Clifton' }]);
      expect(rejects).toEqual([]);
      expect(masked).toBe(1);
      expect(incidents[0]).toMatchObject({ placedBy: 'area only', attributes: { x: text, y: '177***' } });
    },
  );

  test.each(['37*651', '*376', '0x36', 'max', '376*** m', '37 6**'])('%s is no masked number', async (text) => {
    const { rejects, masked } = await take([{ x: text, y: '177000' }]);
    expect(rejects[0]?.reason).toContain('this is not a number');
    expect(masked).toBe(0);
  });
});

test('a cell of half a million digits is refused as fast as it is read', async () => {
  const began = performance.now();
  const { rejects } = await take([
    { x: `${'1'.repeat(500_000)}y`, y: '177000' },
    { lat: '54', lng: `${'1'.repeat(500_000)}*y` },
  ]);
  expect(rejects).toHaveLength(2);
  expect(performance.now() - began).toBeLessThan(5_000);
});

describe('identity and content of what is looked up', () => {
  const rows = [
    { postcode: 'TS24 7AA', ward: 'Hart' },
    { number: '5', street: 'Tower Street' },
  ];

  test('a row is the same incident before its postcode or street is known and after, and brings news then', async () => {
    const before = (await take(rows, locate)).incidents;
    const after = (await take(rows)).incidents;
    expect(before.map(({ placedBy }) => placedBy)).toEqual(['area only', null]);
    expect(after.map(({ placedBy }) => placedBy)).toEqual(['postcode', 'street']);
    expect(after.map(({ identity }) => identity)).toEqual(before.map(({ identity }) => identity));
    expect(after[0]?.content).not.toBe(before[0]?.content);
    expect(after[1]?.content).not.toBe(before[1]?.content);
  });

  test('rows that differ in postcode, street or area are different incidents', async () => {
    const { incidents } = await take([
      ...rows,
      { postcode: 'TS24 7AB' },
      { street: 'Tower Street' },
      { ward: 'Hart' },
      { ward: 'Hart', council: 'X' },
    ]);
    expect(new Set(incidents.map(({ identity }) => identity)).size).toBe(6);
  });
});

test('identities and contents are those that earlier versions gave', async () => {
  const text =
    'category,occurred_from,occurred_to,easting,northing,location,flags,x\n' +
    'violence,01/05/2024 10:00,,450566,531848,A,weapon;domestic,1\n' +
    'goose,2024-05,2024-05-09T08:00Z,450566.0,531848,,,\n' +
    'asb,2024-05-01,,,,B,zz,\n';
  const { incidents } = await parse({ text });
  expect(incidents.map(({ identity, content }) => [identity, content])).toEqual([
    ['b5108be442b04940c9483281f628f458', '263335822da68058b721fb6909a4ad05'],
    ['b0a05e7c83c2519e0247ff0aca8d020f', '7783e5e0758bd7e62e3f06836249cb2d'],
    ['f93b76c1e061288beeb48bf1a752d39b', 'f538cfeba8c21d38f7c7d46f7ba6b915'],
  ]);
});
