import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAreas } from '../../server/flows/import-areas.ts';
import { importFile } from '../../server/flows/import-file.ts';
import { removeImport } from '../../server/flows/remove-import.ts';
import { loadProfile } from '../../server/import/profile.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { type Quality, qualitySchema } from '../../server/import-model.ts';
import { errorSchema } from '../../server/model.ts';
import { bumpVersion } from '../../server/store/versions.ts';
import { databaseKind } from '../helpers/database.ts';
import { now, profiles, streamOf, taxonomyFolder } from '../helpers/import-fixtures.ts';
import { type TestService, testService } from '../helpers/service.ts';

const header = 'id,category,occurred_from,occurred_to,lat,lng,location,note\n';
const east = '54.68,-1.15';
const west = '54.68,-1.25';
const outside = '54.68,-1.45';

/** A range, an id that comes again, three rows alike without one, an unknown word without a place, a day that is none, a place beyond the wards. */
const first = `${header}a1,asb.nuisance,2023-01-05T10:00,2023-01-05T12:00,${west},High Street,
a2,asb.nuisance,2023-01-06,,${east},Mill Lane,
a1,asb.nuisance,2023-01-07T10:00,,${west},High Street,
,asb.nuisance,2023-02-01,,${west},High Street,
,asb.nuisance,2023-02-01,,${west},High Street,
,asb.nuisance,2023-02-01,,${west},High Street,
a4,fly posting,2023-04,,,,somewhere,
a5,asb.nuisance,2023-02-31,,${west},High Street,
a6,asb.nuisance,2023-04-02T21,,${outside},=A1,
`;
const second = `${header}b1,asb.nuisance,2023-04-05,,${east},Mill Lane,x
b2,asb.nuisance,2023-04-06,,${east},Mill Lane,
a2,asb.nuisance,2023-01-06,,${east},Mill Lane,
`;

const square = (lng: number) => [
  [lng, 54.6],
  [lng + 0.1, 54.6],
  [lng + 0.1, 54.8],
  [lng, 54.8],
  [lng, 54.6],
];
const ward = (code: string, name: string, lng: number) => ({
  type: 'Feature',
  properties: { WD25CD: code, WD25NM: name },
  geometry: { type: 'Polygon', coordinates: [square(lng)] },
});
const beat = { ...ward('', '', -1.3), properties: { code: 'B1', name: 'Old Town' } };
const wards = [ward('E05000001', 'West', -1.3), ward('E05000002', 'East', -1.2)];

describe(`the quality of what was taken in, on ${databaseKind}`, () => {
  let service: TestService;
  let folder: string;
  const ids: number[] = [];
  const ofImport = (which: number, query = '') => service.get<Quality>(`/api/imports/${ids[which]}/quality${query}`);
  const ofSource = () => service.get<Quality>('/api/sources/incidents/quality');

  async function take(text: string, name: string): Promise<void> {
    const [profile, taxonomy] = await Promise.all([loadProfile(profiles, 'incidents'), loadTaxonomy(taxonomyFolder)]);
    const options = { profile, taxonomy, importedBy: 'test', now, rejectsPath: null };
    ids.push((await importFile(service.database, streamOf(text), name, options)).importId);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hotspot-quality-'));
    const path = join(folder, 'wards.geojson');
    writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features: wards }));
    service = await testService('empty');
    for (const validFrom of ['2019-05-01', '2025-05-01']) {
      await importAreas(service.database, path, { layer: 'ward', validFrom, populationFile: undefined });
    }
    const beats = join(folder, 'beats.geojson');
    writeFileSync(beats, JSON.stringify({ type: 'FeatureCollection', features: [beat] }));
    await importAreas(service.database, beats, { layer: 'beat', validFrom: undefined, populationFile: undefined });
    await take(first, 'first.csv');
    await take(second, 'second.csv');
  });
  afterAll(async () => {
    await service?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('of an import is what its file was like: rows, columns, times, places, months', async () => {
    const quality = await ofImport(0);
    expect(qualitySchema.strict().parse(quality)).toEqual(quality);
    expect(quality.import).toMatchObject({ id: ids[0], fileName: 'first.csv', rowsRead: 9, accepted: 8, rejected: 1 });
    expect(quality.incidents).toBe(8);
    expect(quality.completeness.map(({ column, filled }) => `${column} ${filled}`)).toEqual([
      'id 6',
      'category 9',
      'occurred_from 9',
      'occurred_to 1',
      'lat 8',
      'lng 8',
      'location 9',
      'note 0',
    ]);
    expect(quality.timePrecision).toEqual({ minute: 2, hour: 1, day: 4, month: 1, ranges: 1 });
    expect(quality.placed).toEqual({ coordinates: 7, postcode: 0, street: 0, areaOnly: 0, none: 1 });
    expect([quality.hitRate, quality.acceptableHitRate]).toEqual([7 / 8, 0.85]);
    expect(quality.placePrecision).toEqual([{ metres: null, incidents: 7 }]);
    expect(quality.months.map(({ month, incidents, missing }) => `${month} ${incidents} ${missing}`)).toEqual([
      '2023-01 3 false',
      '2023-02 3 false',
      '2023-03 0 true',
      '2023-04 2 false',
    ]);
    expect(quality.unmapped).toEqual([{ word: 'fly posting', incidents: 1 }]);
  });

  it('tells copies without an id from rows that repeat an id', async () => {
    expect((await ofImport(0)).duplicates).toEqual({ sameContent: 2, repeatedIds: 1 });
    expect((await ofImport(1)).duplicates).toEqual({ sameContent: 0, repeatedIds: 0 });
    expect((await ofSource()).duplicates).toEqual({ sameContent: 2, repeatedIds: 1 });
  });

  it('shows the commonest points with their words, and how much stands on them', async () => {
    const { stacked } = await ofSource();
    expect(stacked).toEqual({
      points: 3,
      topTen: 8,
      share: 1,
      places: [
        { location: 'High Street', incidents: 4 },
        { location: 'Mill Lane', incidents: 3 },
        { location: '=A1', incidents: 1 },
      ],
    });
  });

  it('counts by the newest wards, or by those asked for, beside the import before', async () => {
    expect((await ofImport(0)).areas).toEqual({
      layer: 'ward',
      validFrom: '2025-05-01',
      previousImport: null,
      rows: [
        { code: 'E05000001', name: 'West', incidents: 4, previous: null },
        { code: 'E05000002', name: 'East', incidents: 1, previous: null },
      ],
      none: 2,
    });
    expect((await ofImport(1, '?layer=ward&vintage=2019-05-01')).areas).toEqual({
      layer: 'ward',
      validFrom: '2019-05-01',
      previousImport: ids[0],
      rows: [
        { code: 'E05000001', name: 'West', incidents: 0, previous: 4 },
        { code: 'E05000002', name: 'East', incidents: 2, previous: 1 },
      ],
      none: 0,
    });
  });

  it('counts by boundaries without a date when they are asked for', async () => {
    expect((await ofImport(0, '?layer=beat&vintage=undated')).areas).toMatchObject({
      layer: 'beat',
      validFrom: null,
      rows: [{ code: 'B1', incidents: 4 }],
    });
  });

  it('of a source is of all that is held, whatever file it came in', async () => {
    const quality = await ofSource();
    expect(qualitySchema.strict().parse(quality)).toEqual(quality);
    expect(quality).toMatchObject({ source: 'incidents', import: null, incidents: 9, hitRate: 8 / 9 });
    expect(quality.completeness.find(({ column }) => column === 'note')).toEqual({
      column: 'note',
      filled: 1,
      rows: 12,
    });
    expect(quality.timePrecision).toEqual({ minute: 1, hour: 1, day: 6, month: 1, ranges: 0 });
    expect(quality.months.map(({ incidents }) => incidents)).toEqual([2, 3, 0, 4]);
    expect(quality.notes[0]).toBe('The month 2023-03 is missing: it is a gap, not a zero.');
  });

  it('says what the reader should know', async () => {
    const { notes } = await ofImport(0);
    expect(notes[0]).toMatch(/^1 of 9 rows \(11 %\) were rejected/);
    expect(notes.join('\n')).toContain(
      'One category word is not mapped: "fly posting": one row (13 %) is of other.unmapped.',
    );
    expect(notes.join('\n')).toContain('25 % of the incidents (2) equal another in everything and have no id');
    expect((await ofImport(1)).notes.join('\n')).toContain('1 of its 3 rows said what was held already');
  });

  it('counts the columns of a file taken in twice only once', async () => {
    const before = await ofSource();
    await take(second, 'second again.csv');
    expect((await ofSource()).completeness).toEqual(before.completeness);
    expect(await ofImport(2)).toMatchObject({
      incidents: 3,
      import: { added: 0, unchanged: 3 },
      stacked: { points: 0 },
    });
  });

  it('is made once for the data as they are: who has it is told so, until something is taken in', async () => {
    const address = '/api/sources/incidents/quality';
    await service.caughtUp();
    const { etag } = (await service.app.inject(address)).headers;
    const again = () => service.app.inject({ url: address, headers: { 'if-none-match': String(etag) } });
    expect((await again()).statusCode).toBe(304);
    await take(`${header}c1,asb.nuisance,2023-04-07,,${west},,x\n`, 'third.csv');
    await service.caughtUp();
    const answer = await again();
    expect(answer.statusCode).toBe(200);
    expect(answer.json<Quality>().incidents).toBe(10);
  });

  it('of an import that was undone still tells what its file was like, and that nothing is held of it', async () => {
    const before = await ofImport(3);
    // the file has no words for it: its ward must do
    expect(before.stacked.places).toEqual([{ location: 'a point in West', incidents: 1 }]);
    await removeImport(service.database, ids[3]!);
    await service.caughtUp();
    const { notes, stacked, areas, ...rest } = await ofImport(3);
    expect(notes[0]).toContain('was undone on');
    expect(stacked.points).toBe(0);
    expect(areas?.rows.map(({ incidents }) => incidents)).toEqual([0]);
    expect(rest).toMatchObject({ incidents: 1, completeness: before.completeness, months: before.months });
    expect((await ofSource()).completeness[0]?.rows).toBe(12);
  });

  it('of an import from before files were observed is made from what is held of it', async () => {
    const kept = await service.database.change(async (client) => {
      const { rows } = await client.query('select quality from import where id = $1', [ids[0]]);
      await client.query(`update import set quality = '{}' where id = $1`, [ids[0]]);
      await bumpVersion(client, null);
      return rows[0] as { quality: object };
    });
    await service.caughtUp();
    const quality = await ofImport(0);
    expect(quality).toMatchObject({ incidents: 7, completeness: [], placed: { coordinates: 6, none: 1 } });
    expect(quality.notes.join('\n')).toContain('how full its columns are is not known');
    await service.database.change(async (client) => {
      await client.query('update import set quality = $2 where id = $1', [ids[0], kept.quality]);
      await bumpVersion(client, null);
    });
    await service.caughtUp();
  });

  it('comes as CSV, a table at a time, safe in a spreadsheet', async () => {
    const csv = async (query: string) => {
      const response = await service.app.inject(`/api/imports/${ids[0]}/quality?${query}`);
      expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
      return response.body.split('\r\n');
    };
    expect(await csv('format=csv')).toEqual([
      'month,incidents,missing,usual,sudden',
      '2023-01,3,,,',
      '2023-02,3,,,',
      '2023-03,0,yes,,',
      '2023-04,2,,,',
      '',
    ]);
    expect((await csv('format=csv&table=areas'))[1]).toBe('ward,2025-05-01,E05000001,West,4,');
    expect(await csv('format=csv&table=points')).toContain("'=A1,1");
    expect((await csv('format=csv&table=completeness'))[1]).toBe(`id,6,9,${6 / 9}`);
    expect(await csv('format=csv&table=categories')).toEqual(['word,incidents', 'fly posting,1', '']);
    expect(await csv('format=csv&table=precision')).toContain('placed by,no place,1,0.125');
  });

  it.each([
    ['/api/imports/99999/quality', 404],
    ['/api/sources/nobody/quality', 404],
    ["/api/sources/x'%20or%201=1/quality", 404],
    ['/api/sources/incidents/quality?layer=parish', 404],
    ['/api/sources/incidents/quality?vintage=2001-01-01', 404],
    ["/api/sources/incidents/quality?vintage=';drop", 404],
    ['/api/imports/x/quality', 400],
    ['/api/imports/0/quality', 400],
    ['/api/imports/1.5/quality', 400],
    ['/api/imports/99999999999/quality', 400],
    ['/api/sources/incidents/quality?format=xml', 400],
    ['/api/sources/incidents/quality?format=geojson', 400],
    ['/api/sources/incidents/quality?format=csv&table=people', 400],
    ['/api/sources/incidents/quality?layers=ward', 400],
  ])('answers %s with %i and the reason', async (address, status) => {
    const response = await service.app.inject(address);
    expect(response.statusCode).toBe(status);
    expect(errorSchema.strict().parse(response.json()).error.message).toBeTruthy();
  });
});
