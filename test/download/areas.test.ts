import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature, FeatureCollection, Polygon } from 'geojson';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOnsLayer } from '../../server/download/ons-layers.ts';
import { type AreasRequest, downloadAreas } from '../../server/flows/download-areas.ts';
import { downloadFolder } from '../../server/folders.ts';
import { readAreas } from '../../server/import/read-areas.ts';
import { bngToWgs84 } from '../../server/locate/bng-to-wgs84.ts';
import { localOns, type OnsWorld, wards } from './local-ons.ts';
import { fakeTime, type LocalServer } from './local-server.ts';

const code = (index: number, prefix = 'E0501') => `${prefix}${String(index).padStart(9 - prefix.length, '0')}`;
const codes = Array.from({ length: 12 }, (_, index) => code(3038 + ((index * 5) % 12)));
let into: string;
let world: OnsWorld;
let server: LocalServer;

beforeEach(async () => {
  into = mkdtempSync(join(tmpdir(), 'hotspot-areas-'));
  const [hartlepool, middlesbrough] = [wards('E06000001', codes), wards('E06000002', [code(3700), code(3701)])];
  world = {
    services: { WD_MAY_2025_UK_BGC_V2: { areas: true, rows: [...hartlepool.rows, ...middlesbrough.rows] } },
    pageSize: 2000,
    fault: () => undefined,
    spoil: (features) => features,
  };
  server = await localOns(world);
});
afterEach(async () => {
  await server.close();
  rmSync(into, { recursive: true, force: true });
});

const download = (more: Partial<AreasRequest> = {}) =>
  downloadAreas({
    kind: 'wards',
    districts: ['E06000001'],
    into,
    baseUrl: server.url,
    http: { ...fakeTime(), idleMilliseconds: 300, tries: 3 },
    now: () => new Date('2026-11-22T09:00:00Z'),
    ...more,
  });
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as FeatureCollection<Polygon, { WD25CD: string }>;
const codesOf = (path: string) => read(path).features.map(({ properties }) => properties.WD25CD);

describe('downloading wards', () => {
  it('writes the wards of a district as GeoJSON, in the order of their codes', async () => {
    const report = await download();
    expect(report).toEqual({
      path: join(into, 'wards-2025-E06000001.geojson'),
      areas: 12,
      layer: 'ward',
      year: '2025',
      validFrom: '2025-05-01',
    });
    expect(codesOf(report.path)).toEqual([...codes].sort());
    expect(read(report.path).features[0]).toMatchObject({ type: 'Feature', geometry: { type: 'Polygon' } });
  });

  it('writes a file that the import of boundaries reads', async () => {
    const { path } = await download();
    const { areas } = await readAreas(path, { layer: 'ward', bngToWgs84 });
    expect(areas.map(({ code }) => code)).toEqual([...codes].sort());
  });

  it('writes the licence beside, with the address and the checksum', async () => {
    const { path } = await download();
    const licence = readFileSync(`${path}.licence.md`, 'utf8');
    expect(licence).toContain('Open Government Licence v3.0');
    expect(licence).toContain('Source: Office for National Statistics licensed under');
    expect(licence).toContain('Contains OS data © Crown copyright and database right 2026.');
    expect(licence).toContain(`${server.url}/WD_MAY_2025_UK_BGC_V2/FeatureServer/0`);
    expect(licence).toContain(createHash('sha256').update(readFileSync(path)).digest('hex'));
  });

  it('puts several districts into one file', async () => {
    const { path, areas } = await download({ districts: ['E06000002', 'E06000001', 'E06000002'] });
    expect([path, areas]).toEqual([join(into, 'wards-2025-E06000001-E06000002.geojson'), 14]);
  });

  it('follows the pages of a service that hands out fewer at once than asked for', async () => {
    world.pageSize = 5;
    expect(codesOf((await download()).path)).toEqual([...codes].sort());
    const offsets = server.asked.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('resultOffset'));
    expect(offsets).toEqual([null, '0', '5', '10']);
  });

  it('asks for pages in a stable order and in degrees', async () => {
    await download();
    const search = new URLSearchParams((server.asked[1] as { path: string }).path.split('?')[1]);
    expect(Object.fromEntries(search)).toMatchObject({
      where: "LAD25CD IN ('E06000001')",
      orderByFields: 'WD25CD',
      outSR: '4326',
      f: 'geojson',
      resultRecordCount: '2000',
    });
  });
});

describe('downloading LSOAs', () => {
  const lsoas = Array.from({ length: 130 }, (_, index) => code(index, 'E0100'));

  beforeEach(() => {
    const layer = 'Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5';
    world.services[layer] = {
      areas: true,
      rows: [...lsoas, code(999, 'E0100')].map((each, FID) => ({ FID, LSOA21CD: each, LSOA21NM: `Hartlepool ${FID}` })),
    };
    world.services.LSOA21_WD25_LAD25_EW_LU_v2 = {
      areas: false,
      rows: [...lsoas, lsoas[3] as string].map((each) => ({ LSOA21CD: each, LAD25CD: 'E06000001' })),
    };
  });

  it('finds those of a district by the lookup, since the boundaries have no district', async () => {
    world.pageSize = 50;
    const { path, areas, layer, year } = await download({ kind: 'lsoa' });
    expect([areas, layer, year]).toEqual([130, 'lsoa', '2021']);
    const found = read(path).features as unknown as Feature<Polygon, { LSOA21CD: string }>[];
    expect(found.map(({ properties }) => properties.LSOA21CD)).toEqual(lsoas);
  });

  it('never asks with an address longer than servers take', async () => {
    await download({ kind: 'lsoa' });
    const lengths = server.asked.map(({ path }) => encodeURI(path).length);
    expect(Math.max(...lengths)).toBeLessThan(2000);
  });

  it('says so when the boundaries lack an area of the lookup', async () => {
    world.services.LSOA21_WD25_LAD25_EW_LU_v2 = {
      areas: false,
      rows: [...lsoas, code(555, 'E0100')].map((each) => ({ LSOA21CD: each, LAD25CD: 'E06000001' })),
    };
    await expect(download({ kind: 'lsoa' })).rejects.toThrow(
      'names 1 lsoa that the boundaries lack, such as E01000555',
    );
  });

  it('lets nothing but codes from the lookup into the next query', async () => {
    world.services.LSOA21_WD25_LAD25_EW_LU_v2 = {
      areas: false,
      rows: [{ LSOA21CD: "x') OR (1=1", LAD25CD: 'E06000001' }],
    };
    await expect(download({ kind: 'lsoa' })).rejects.toThrow('which is no code');
    expect(server.asked.every(({ path }) => !path.includes('1=1'))).toBe(true);
  });
});

describe('a portal that goes wrong', () => {
  it.each([
    ['an error of its own with status 200', { body: { error: { code: 503, message: 'Service busy' } } }],
    ['something that is no JSON', { body: undefined }],
    ['a page of a site', { body: '<html>' }],
    ['half an answer', 'cut'],
    ['a reset', 'reset'],
    ['silence', 'stall'],
    ['429', { status: 429, retryAfter: '2' }],
  ] as const)('is asked again after %s', async (_name, fault) => {
    world.fault = (n) => (n === 1 ? (fault as ReturnType<OnsWorld['fault']>) : undefined);
    if (typeof fault === 'object' && 'body' in fault && fault.body === undefined) {
      world.fault = (n) => (n === 1 ? { body: null } : undefined);
    }
    expect((await download()).areas).toBe(12);
    expect(server.asked).toHaveLength(3);
  });

  it('is not asked again when it refuses; the message says where the layers are named', async () => {
    world.services = {};
    await expect(download()).rejects.toThrow(
      /refused WD_MAY_2025_UK_BGC_V2: 400 Invalid URL; it may have been renamed: see data\/download\/ons-layers.json/,
    );
    expect(server.asked).toHaveLength(1);
  });

  const spoilt: [string, RegExp, (features: unknown[]) => unknown[]][] = [
    ['fewer areas than it counts', /counts 12 rows and handed out 0/, () => []],
    ['an area twice', /handed out an area twice/, (all) => [...all.slice(1), all[1]]],
    ['metres instead of degrees', /not a boundary in longitude and latitude/, (all) => all.map(inMetres)],
    ['areas without a code', /not a boundary/, (all) => all.map((each) => ({ ...(each as object), properties: {} }))],
    [
      'areas without an outline',
      /not a boundary/,
      (all) => all.map((each) => ({ ...(each as object), geometry: null })),
    ],
  ];
  it.each(spoilt)(
    'is not believed when it sends %s, and what was there before stays',
    async (_name, message, spoil) => {
      const path = join(into, 'wards-2025-E06000001.geojson');
      writeFileSync(path, 'of yesterday');
      world.spoil = spoil;
      await expect(download()).rejects.toThrow(message);
      expect(readFileSync(path, 'utf8')).toBe('of yesterday');
      expect(readdirSync(into)).toEqual(['wards-2025-E06000001.geojson']);
    },
  );

  it('does not go round for ever when it ignores the offset', async () => {
    world.pageSize = 5;
    const first = { length: 0, features: [] as unknown[] };
    world.spoil = (features) => {
      if (first.features.length === 0) first.features = features;
      return first.features;
    };
    await expect(download()).rejects.toThrow(/handed out 15|twice/);
  });
});

const inMetres = (feature: unknown) => ({
  ...(feature as object),
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [450000, 530000],
        [450100, 530000],
        [450100, 530100],
        [450000, 530000],
      ],
    ],
  },
});

describe('what is asked for wrongly', () => {
  it('lets nothing but codes of districts reach the portal', async () => {
    for (const odd of ["E06000001' OR '1'='1", 'E05013038', 'hartlepool', '../E06000001', '']) {
      await expect(download({ districts: ['E06000001', odd] })).rejects.toThrow(`--district: "${odd}" is not the code`);
    }
    expect(server.asked).toEqual([]);
  });

  it('names the districts that have no areas', async () => {
    await expect(download({ districts: ['E06000001', 'E06000099'] })).rejects.toThrow(
      'the wards of 2025 have no district E06000099; check the code, or try --year',
    );
    expect(existsSync(join(into, 'wards-2025-E06000001-E06000099.geojson'))).toBe(false);
  });

  it('names the years there are', async () => {
    await expect(download({ year: '1999' })).rejects.toThrow(
      '--year: there are no wards of "1999"; there are 2022, 2023, 2024, 2025',
    );
    await expect(download({ kind: 'parishes' })).rejects.toThrow('there are wards, lsoa, districts');
  });
});

describe('the file of layers', () => {
  it('can be read, and takes the newest year of each kind', async () => {
    const path = join(downloadFolder, 'ons-layers.json');
    const years = await Promise.all(['wards', 'lsoa', 'districts'].map((kind) => findOnsLayer(path, kind, undefined)));
    expect(years.map(({ kind, year, code }) => [kind, year, code])).toEqual([
      ['wards', '2025', 'WD25CD'],
      ['lsoa', '2021', 'LSOA21CD'],
      ['districts', '2025', 'LAD25CD'],
    ]);
  });
});
