import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { countAreas } from '../../server/flows/count-areas.ts';
import { importAreas } from '../../server/flows/import-areas.ts';
import { importPostcodes } from '../../server/flows/import-postcodes.ts';
import { loadHoldings } from '../../server/flows/load-holdings.ts';
import { findLayer } from '../../server/flows/vintages.ts';
import { profilesFolder } from '../../server/folders.ts';
import { loadProfile, type Profile } from '../../server/import/profile.ts';
import { resetData } from '../../server/store/status.ts';
import { databaseKind } from '../helpers/database.ts';
import { importTests } from '../helpers/import-tests.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const { database, file, importing } = importTests();
const incidents = await loadProfile(profilesFolder, 'incidents');

async function places() {
  const { rows } = await database().read((client) =>
    client.query(`select external_id as id, placed_by as "by", within_metres as metres, area_name as area,
      round(lat::numeric, 4)::float8 as lat from incident left join place on place.id = place_id order by external_id`),
  );
  return rows;
}

/** A list of postcodes of our own making, headed as people head them. */
const list = 'Postcode,Easting,Northing\nTS24 7QR,450566,532500\nTS25 1AA,450000,530000\n';

describe(`locating, on ${databaseKind}`, () => {
  it('places a row by postcode, else by street, else by its ward, and says how and how exactly', async () => {
    await database().change(resetData);
    expect(await importPostcodes(database(), [file('list.csv', list)])).toMatchObject({ read: 2, changed: 2 });
    await importing(
      file(
        'held.csv',
        'id,category,occurred_from,lat,lng,location\nA,asb.nuisance,2025-01-01,54.6863,-1.2129,On or near Tower Street\n',
      ),
      incidents,
    );
    const profile: Profile = {
      ...incidents,
      places: [
        { system: 'postcode', column: 'postcode' },
        { system: 'street', column: 'street' },
        { system: 'area', layer: 'ward', column: 'ward' },
      ],
    };
    const rows = [
      'B,asb.nuisance,2025-01-02,ts24 7qr,,',
      'C,asb.nuisance,2025-01-02,TS99 9ZZ,"4 Tower St, Hartlepool",Victoria',
      'D,asb.nuisance,2025-01-02,,Nowhere Lane,Headland and Harbour',
      'E,asb.nuisance,2025-01-02,,,',
    ];
    const path = file('asb.csv', `id,category,occurred_from,postcode,street,ward\n${rows.join('\n')}\n`);
    expect(await importing(path, profile)).toMatchObject({ added: 4, unlocated: 2 });
    expect(await places()).toEqual([
      { id: 'A', by: 'coordinates', metres: null, area: null, lat: 54.6863 },
      { id: 'B', by: 'postcode', metres: 100, area: null, lat: expect.closeTo(54.684, 2) },
      { id: 'C', by: 'street', metres: 50, area: null, lat: 54.6863 },
      { id: 'D', by: 'area only', metres: null, area: 'Headland and Harbour', lat: null },
      { id: 'E', by: null, metres: null, area: null, lat: null },
    ]);
  });

  it('moves an incident when its postcode becomes known, under the same id or row', async () => {
    await database().change(resetData);
    const profile: Profile = {
      ...incidents,
      places: [{ system: 'postcode', column: 'postcode' }],
    };
    const path = file('late.csv', 'id,category,occurred_from,postcode\n,asb.nuisance,2025-01-02,TS26 8AA\n');
    expect(await importing(path, profile)).toMatchObject({ added: 1, unlocated: 1 });
    await importPostcodes(database(), [file('more.csv', 'pcds,lat,long\nTS26 8AA,54.69,-1.22\n')]);
    expect(await importing(path, profile)).toMatchObject({ added: 0, changed: 1, unlocated: 0 });
    expect(await places()).toEqual([{ id: null, by: 'postcode', metres: 100, area: null, lat: 54.69 }]);
  });

  it.each([
    ['Name,Easting\nx,1\n', /needs a column postcode/],
    ['Postcode,Easting,Northing\nTS24,1,1\n', /"TS24" is not a postcode/],
    ['Postcode,Easting,Northing\nTS24 7QR,x,1\n', /not a point/],
    ['Postcode,lat,lng\nTS24 7QR,1.2,54.7\n', /outside the United Kingdom/],
  ])('takes nothing of a list with a fault: %j', async (text, message) => {
    const before = await importPostcodes(database(), []);
    await expect(importPostcodes(database(), [file('bad.csv', `${text}`)])).rejects.toThrow(message);
    expect(await importPostcodes(database(), [])).toEqual(before);
  });
});

describeWithSharedData(`real lists and boundaries, on ${databaseKind}`, () => {
  beforeAll(async () => {
    await database().change(resetData);
    const read = { layer: 'ward', validFrom: undefined, populationFile: undefined };
    await importAreas(database(), sharedData('boundaries/wards-2025-tees.geojson'), read);
    await importAreas(database(), sharedData('boundaries/wards-2013-hartlepool.geojson'), read);
  });

  it('puts at least 16,086 of 16,091 postcodes of Code-Point Open into their published ward, Hartlepool’s all', async () => {
    expect(await importPostcodes(database(), [sharedData('postcodes/ts.csv')])).toMatchObject({ read: 17_823 });
    const published = readFileSync(sharedData('checks/postcode-wards.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
    const wardOf = new Map(published.map((line) => [line.split(',')[0]!, line.split(',')[3]!]));
    const rows = [...wardOf.keys()].map((postcode) => `${postcode},asb.nuisance,2025-01-02,${postcode}`);
    const profile: Profile = {
      ...incidents,
      places: [{ system: 'postcode', column: 'postcode' }],
    };
    const path = file('postcodes.csv', `id,category,occurred_from,postcode\n${rows.join('\n')}\n`);
    expect(await importing(path, profile)).toMatchObject({ added: 16_091, unlocated: 0 });
    const found = await database().read((client) =>
      client.query<{ id: string; code: string }>(`select external_id as id, code from incident
        join place_area on place_area.place_id = incident.place_id
        join area on area.id = area_id and valid_from = '2025-01-01'`),
    );
    const right = found.rows.filter(({ id, code }) => wardOf.get(id) === code);
    expect(right.length).toBeGreaterThanOrEqual(16_086);
    // Hartlepool's wards have the codes E05013038 to E05013049
    const inHartlepool = (code: string) => code >= 'E05013038' && code <= 'E05013049';
    expect(right.filter(({ code }) => inHartlepool(code)).length).toBe(2693);
  }, 120_000);

  it('counts what is known only by its ward in that ward of each vintage that has it, and in no cell', async () => {
    const named = (id: string, ward: string) => `${id},asb.nuisance,2025-03-01,${ward}`;
    const rows = [
      named('1', 'HEADLAND AND HARBOUR'),
      named('2', 'Headland & Harbour'),
      named('3', 'e05013049'),
      named('4', 'Atlantis'),
    ];
    const profile: Profile = {
      ...incidents,
      source: 'wards only',
      places: [{ system: 'area', layer: 'ward', column: 'ward' }],
    };
    const path = file('wards.csv', `id,category,occurred_from,ward\n${rows.join('\n')}\n`);
    expect(await importing(path, profile)).toMatchObject({ added: 4, unlocated: 4 });
    const holdings = await loadHoldings(database());
    const filter = { from: '2025-03-01', to: '2025-03-01' };
    const byName = async (validFrom: string) => {
      const { areas, total, located } = await countAreas(holdings, filter, findLayer(holdings, 'ward', validFrom));
      return { total, located, areas: areas.flatMap(({ name, count }) => (count > 0 ? [[name, count]] : [])) };
    };
    expect(await byName('2025-01-01')).toEqual({
      total: 4,
      located: 0,
      areas: [
        ['Headland & Harbour', 2],
        ['Victoria', 1],
      ],
    });
    // a ward of one name or code in one vintage is no ward of the other
    expect((await byName('2013-01-01')).areas).toEqual([['Headland and Harbour', 2]]);
  });
});
