import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConcentrationAnswer, Trend } from '../../server/analyses-model.ts';
import { type Areas, areasSchema, type Cells, errorSchema, type Hotspots, type Summary } from '../../server/model.ts';
import { writeAreas } from '../../server/store/write-areas.ts';
import { plainIncident } from '../helpers/columns.ts';
import { databaseKind } from '../helpers/database.ts';
import { rowOf, store } from '../helpers/incident-rows.ts';
import { readTile } from '../helpers/read-tile.ts';
import { type TestService, testService } from '../helpers/service.ts';

const box = (west: number, east: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 54.6],
      [east, 54.6],
      [east, 54.7],
      [west, 54.7],
      [west, 54.6],
    ],
  ],
});
const ward = (code: string, west: number, east: number) => ({
  code,
  name: `Ward ${code}`,
  population: null,
  geometry: box(west, east),
});

// W ends at −1.25 in the old wards and at −1.20 in the new ones, X is old only and Y new only, E is the same in both
const oldWards = [ward('W', -1.3, -1.25), ward('X', -1.25, -1.15), ward('E', -1.15, -1.1)];
const newWards = [ward('W', -1.3, -1.2), ward('Y', -1.2, -1.15), ward('E', -1.15, -1.1)];
/** Incidents a year at four places, from west to east. */
const yearly = { 2018: [1, 2, 4, 8], 2019: [1, 3, 5, 7], 2020: [2, 2, 2, 2] };
const lngs = [-1.28, -1.22, -1.18, -1.12];
const incidents = Object.entries(yearly).flatMap(([year, counts]) =>
  counts.flatMap((count, place) =>
    Array.from({ length: count }, (_, index) =>
      rowOf(
        { ...plainIncident, day: `${year}-0${index + 1}-15`, at: { lat: 54.65, lng: lngs[place]! } },
        `${year} ${place} ${index}`,
        { location: `place ${place}` },
      ),
    ),
  ),
);

/** In 2021 a file without points names wards: twice X, once E. */
const named = ['X', 'X', 'E'].map((onlyWard, index) =>
  rowOf({ ...plainIncident, at: null, onlyWard, day: '2021-06-01' }, `named ${index}`),
);

describe(`vintages of wards, on ${databaseKind}`, () => {
  let service: TestService;
  const get = <T>(address: string) => service.get<T>(address);
  const counts = async (query: string) => {
    const { areas } = await get<Areas>(`/api/areas/ward?${query}`);
    return Object.fromEntries(areas.map(({ code, count }) => [code, count]));
  };
  const total = async (query: string) => (await get<Summary>(`/api/summary?${query}`)).total;
  const refusal = async (address: string) => {
    const response = await service.app.inject(address);
    return [response.statusCode, errorSchema.parse(response.json()).error.message];
  };

  beforeAll(async () => {
    service = await testService('empty');
    const load = (validFrom: string | null, areas: typeof oldWards, layer = 'ward') =>
      service.database.change((client) => writeAreas(client, { layer, validFrom, attribution: '' }, areas));
    await load('2013-12-01', oldWards);
    await load('2019-05-02', newWards);
    await load(null, [ward('D', -1.3, -1.1)], 'district');
    await store(service.database, [...incidents, ...named]);
    await service.caughtUp();
  });
  afterAll(() => service?.close());

  it('counts on the newest, or on the one asked for, and says which', async () => {
    const answer = areasSchema.parse(await get('/api/areas/ward?from=2020-01-01&to=2020-12-31'));
    expect(answer).toMatchObject({ layer: 'ward', validFrom: '2019-05-02', vintage: 'wards of 2 May 2019', notes: [] });
    expect(await counts('from=2018-01-01&to=2018-12-31')).toEqual({ W: 3, Y: 4, E: 8 });
    expect(await counts('from=2018-01-01&to=2018-12-31&vintage=2013-12-01')).toEqual({ W: 1, X: 6, E: 8 });
    expect(await get<Areas>('/api/areas/district?vintage=undated')).toMatchObject({
      validFrom: null,
      vintage: 'undated districts',
    });
  });

  it('lets the vintage decide what area= means, in every count', async () => {
    const year = 'from=2018-01-01&to=2018-12-31';
    expect(await total(`${year}&area=ward:W`)).toBe(3);
    expect(await total(`${year}&area=ward:W&vintage=2019-05-02`)).toBe(3);
    expect(await total(`${year}&area=ward:W&vintage=2013-12-01`)).toBe(1);
    expect(await counts(`${year}&area=ward:W&vintage=2013-12-01`)).toEqual({ W: 1 });
    // X is held in one vintage only: it needs no other word
    expect(await total(`${year}&area=ward:X`)).toBe(6);
    // districts have no vintage of that day: they are meant as ever
    expect(await total(`${year}&area=ward:W,district:D&vintage=2013-12-01`)).toBe(15);
    const trend = await get<Trend>(`/api/trend?${year}&area=ward:W&vintage=2013-12-01`);
    expect(trend.total).toBe(1);
    const { located } = await get<Cells>(`/api/cells?${year}&area=ward:W&vintage=2013-12-01`);
    expect(located).toBe(1);
  });

  it('keeps answers of two vintages apart, and gives those that mean the same one ETag', async () => {
    const tag = async (query: string) => (await service.app.inject(`/api/summary?${query}`)).headers.etag;
    expect(await tag('area=ward:W&vintage=2019-05-02')).toBe(await tag('area=ward:W'));
    expect(await tag('area=ward:W&vintage=2013-12-01')).not.toBe(await tag('area=ward:W'));
    for (const address of [
      '/api/cells?measures=giStar',
      '/api/hotspots?limit=5',
      '/tiles/cells/9/254/162.mvt?measures=giStar',
    ]) {
      const etag = async (vintage: string) => (await service.app.inject(`${address}&vintage=${vintage}`)).headers.etag;
      expect(await etag('2013-12-01'), address).not.toBe(await etag('2019-05-02'));
    }
  });

  it('studies the cells of one vintage only, and names it', async () => {
    const study = async (query: string) => (await get<Hotspots>(`/api/hotspots?resolution=8&${query}`)).study;
    const small = await study('area=ward:W&vintage=2013-12-01');
    const large = await study('area=ward:W');
    expect(small.boundaries).toEqual(['wards of December 2013']);
    expect(large.boundaries).toEqual(['wards of 2 May 2019']);
    expect(small.cells).toBeLessThan(large.cells);
    expect((await study('layer=ward&vintage=2013-12-01')).areas).toEqual(['ward:E', 'ward:W', 'ward:X']);
    expect((await study('layer=district&vintage=2013-12-01')).boundaries).toEqual(['undated districts']);
  });

  it('says that periods before the boundaries are counted on them all the same', async () => {
    const { notes } = await get<Areas>('/api/areas/ward?from=2019-01-01&to=2019-12-31&compare=previous-year');
    expect(notes).toEqual([
      'Both periods are counted on the wards of 2 May 2019; before 2 May 2019 other boundaries held (wards of December 2013).',
    ]);
    const alone = await get<Areas>('/api/areas/ward?from=2018-01-01&to=2018-12-31');
    expect(alone.notes[0]).toContain('All is counted on the wards of 2 May 2019; before');
    const old = await get<Areas>('/api/areas/ward?vintage=2013-12-01&from=2020-01-01&to=2020-12-31');
    expect(old.notes).toEqual([
      'All is counted on the wards of December 2013, which the wards of 2 May 2019 replaced on 2 May 2019.',
    ]);
    const undated = await get<Areas>('/api/areas/district?from=2020-01-01&to=2020-12-31&compare=previous-year');
    expect(undated.notes).toEqual([
      'Both periods are counted on the undated districts: from when these boundaries hold is not known.',
    ]);
  });

  it('never lets a change of boundaries shift a trend', async () => {
    const query = 'from=2019-01-01&to=2019-12-31&compare=previous-year';
    for (const [vintage, expected] of [
      ['2019-05-02', { W: [4, 3], Y: [5, 4], E: [7, 8] }],
      ['2013-12-01', { W: [1, 1], X: [8, 6], E: [7, 8] }],
    ] as const) {
      const { areas } = await get<Areas>(`/api/areas/ward?${query}&vintage=${vintage}`);
      expect(Object.fromEntries(areas.map(({ code, count, previous }) => [code, [count, previous]]))).toEqual(expected);
    }
    const { notes } = await get<Trend>('/api/trend?from=2019-01-01&to=2020-12-31&area=ward:E');
    expect(notes).toContain(
      'All is counted on the wards of 2 May 2019; before 2 May 2019 other boundaries held (wards of December 2013).',
    );
    const everywhere = await get<Trend>('/api/trend?from=2019-01-01&to=2020-12-31');
    expect(everywhere.notes.join()).not.toContain('wards');
  });

  it('says when a code means other places in another vintage, and not when it means the same', async () => {
    const notes = async (query: string) => (await get<Areas>(`/api/areas/ward?from=2020-01-01&${query}`)).notes;
    expect(await notes('area=ward:W')).toEqual([
      'W has other boundaries among the wards of December 2013: counted here are the wards of 2 May 2019.',
    ]);
    expect((await notes('area=ward:W&vintage=2013-12-01')).at(-1)).toBe(
      'W has other boundaries among the wards of 2 May 2019: counted here are the wards of December 2013.',
    );
    expect(await notes('area=ward:E')).toEqual([]);
  });

  it('counts incidents known by the name of a ward in the vintages that have it, and says how many are in none', async () => {
    const year = 'from=2021-01-01&to=2021-12-31';
    expect(await counts(`${year}&vintage=2013-12-01`)).toEqual({ E: 1, W: 0, X: 2 });
    expect(await counts(year)).toEqual({ E: 1, W: 0, Y: 0 });
    const notes = async (address: string) => (await get<Areas>(address)).notes;
    expect(await notes(`/api/areas/ward?${year}`)).toEqual([
      '2 incidents are known only by the name of an area that none of the wards of 2 May 2019 has: counted in none of them.',
    ]);
    expect((await notes(`/api/areas/ward?${year}&vintage=2013-12-01`)).join()).not.toContain('counted in none');
    expect((await notes(`/api/areas/district?${year}`)).join()).toContain('3 incidents are known only by');
  });

  it('puts layer and vintage on every exported table', async () => {
    for (const vintage of ['2013-12-01', '2019-05-02']) {
      const csv = await service.app.inject(`/api/areas/ward?format=csv&vintage=${vintage}`);
      expect(csv.headers['content-disposition']).toBe(`attachment; filename="ward-${vintage}.csv"`);
      const geojson = (await service.app.inject(`/api/areas/ward?format=geojson&vintage=${vintage}`)).json();
      const places = await service.app.inject(`/api/concentration?by=ward&format=csv&vintage=${vintage}`);
      const rows = [
        ...parse(csv.body, { columns: true }),
        ...parse(places.body, { columns: true }),
        ...geojson.features.map(({ properties }: { properties: object }) => properties),
      ];
      expect(rows.length).toBeGreaterThanOrEqual(8);
      for (const row of rows) expect(row).toMatchObject({ layer: 'ward', valid_from: vintage });
    }
    const district = await service.app.inject('/api/areas/district?format=csv');
    expect(district.headers['content-disposition']).toBe('attachment; filename="district-undated.csv"');
    const answer = await get<ConcentrationAnswer>('/api/concentration?by=ward&vintage=2013-12-01&from=2020-01-01');
    expect(answer).toMatchObject({ by: 'ward', validFrom: '2013-12-01' });
    expect(answer.notes.join()).toContain('All is counted on the wards of December 2013');
  });

  it('draws the vintage asked for', async () => {
    const drawn = async (query: string) => {
      const tile = readTile((await service.app.inject(`/tiles/areas/ward/8/127/81.mvt?${query}`)).rawPayload);
      return tile.areas!.map(({ properties }) => properties.code).sort();
    };
    expect(await drawn('')).toEqual(['E', 'W', 'Y']);
    expect(await drawn('vintage=2013-12-01')).toEqual(['E', 'W', 'X']);
  });

  it('refuses a vintage that is not held, and an area that is none of it', async () => {
    expect(await refusal('/api/summary?vintage=1999-01-01')).toEqual([
      400,
      'vintage: there is no "1999-01-01"; /api/catalog lists the vintages held',
    ]);
    expect(await refusal('/api/areas/ward?vintage=1999-01-01')).toEqual([
      404,
      'there is no vintage 1999-01-01 of the layer "ward"; held are 2013-12-01, 2019-05-02',
    ]);
    expect(await refusal('/api/summary?area=ward:X&vintage=2019-05-02')).toEqual([
      400,
      'area: there is no "ward:X"; it is none of the wards of 2 May 2019',
    ]);
    expect((await refusal('/api/overlap?a=violence&b=vintage%3D2013-12-01'))[1]).toContain(
      'give vintage outside of a and b',
    );
  });
});
