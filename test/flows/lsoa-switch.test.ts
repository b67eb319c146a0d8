import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Trend } from '../../server/analyses-model.ts';
import { importAreas } from '../../server/flows/import-areas.ts';
import { importPopulation } from '../../server/flows/import-population.ts';
import type { Areas, Catalog, Summary } from '../../server/model.ts';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { runCommand, type TestService, testService } from '../helpers/service.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

/** Codes of 2011 only, of both vintages, and of 2021 only. */
const months = ['2022-03', '2023-01', '2023-05', '2023-06'];
const fileOf = (month: string) => sharedData(`police-uk/cleveland/${month}-cleveland-street.csv`);
const codesOf = (month: string) =>
  (parse(readFileSync(fileOf(month)), { columns: true }) as Record<string, string>[]).map((row) => row['LSOA code']!);
const vintages = ['2011-01-01', '2021-01-01'];

describeWithSharedData(`Cleveland at the switch from LSOAs of 2011 to those of 2021, on ${databaseKind}`, () => {
  let options: TestDatabase;
  let service: TestService;
  let lines: string[];
  const counted = (month: string, vintage: string, more = '') =>
    service.get<Areas>(`/api/areas/lsoa?from=${month}-01&to=${month}-28&vintage=${vintage}${more}`);
  const sum = (areas: Areas['areas']) => areas.reduce((total, { count }) => total + count, 0);

  beforeAll(async () => {
    options = await freshDatabase();
    const imported = await runCommand(options, ['import', ...months.map(fileOf), '--profile', 'police-uk-street']);
    expect(imported.code).toBe(0);
    service = await testService('empty', options);
    const load = (file: string, layer: string, populationFile?: string) =>
      importAreas(service.database, sharedData(`boundaries/${file}.geojson`), {
        layer,
        validFrom: undefined,
        populationFile: populationFile && sharedData(`population/${populationFile}_tees.csv`),
      });
    // the newer first: the order of loading is nobody's business
    lines = [
      ...(await load('lsoa21-tees', 'lsoa', 'population_lsoa21_census2021_with_ward24')),
      ...(await load('lsoa11-tees', 'lsoa')),
      ...(await load('wards-2025-tees', 'ward', 'population_ward24_bestfit_census2021')),
      ...(await load('wards-2013-hartlepool', 'ward')),
    ];
    await service.caughtUp();
  }, 120_000);
  afterAll(async () => {
    await service?.close();
    await options?.remove();
  });

  test('both vintages of LSOAs and of wards are held side by side', async () => {
    const { layers } = await service.get<Catalog>('/api/catalog');
    expect(layers.map(({ layer, validFrom, areas }) => [layer, validFrom, areas.length])).toEqual([
      ['lsoa', '2011-01-01', 352],
      ['lsoa', '2021-01-01', 359],
      ['ward', '2013-01-01', 11],
      ['ward', '2025-01-01', 83],
    ]);
    expect(lines).toContain(
      'also held: LSOAs of 2021; figures are counted on the LSOAs of 2021 unless others are chosen',
    );
  });

  test.each(months)('no row of %s is lost, on either vintage', async (month) => {
    const rows = codesOf(month).length;
    for (const vintage of vintages) {
      const { validFrom, total, located, outside, areas } = await counted(month, vintage);
      expect({ validFrom, total, located, all: sum(areas) + outside }).toEqual({
        validFrom: vintage,
        total: rows,
        located: rows,
        all: rows,
      });
      // a handful lies beyond the Tees
      expect(outside).toBeLessThanOrEqual(5);
    }
  });

  // rows of the file by its own codes, and points in the polygons counted independently of this project: a point on an
  // edge of the generalised outlines may be given to the neighbour
  test.each([
    ['2022-03', { codeIsOld: 849, codeIsNew: 0, inOld: 859, inNew: 857 }],
    ['2023-06', { codeIsOld: 0, codeIsNew: 883, inOld: 840, inNew: 847 }],
  ])('areas whose code came or went are counted whatever codes the rows of %s have', async (month, expected) => {
    const [old, recent] = [await counted(month, '2011-01-01'), await counted(month, '2021-01-01')];
    const [oldCodes, newCodes] = [old, recent].map(({ areas }) => new Set(areas.map(({ code }) => code)));
    const isOldOnly = (code: string) => oldCodes!.has(code) && !newCodes!.has(code);
    const isNewOnly = (code: string) => newCodes!.has(code) && !oldCodes!.has(code);
    const codes = codesOf(month);
    expect({
      codeIsOld: codes.filter(isOldOnly).length,
      codeIsNew: codes.filter(isNewOnly).length,
      inOld: sum(old.areas.filter(({ code }) => isOldOnly(code))),
      inNew: sum(recent.areas.filter(({ code }) => isNewOnly(code))),
    }).toEqual(expected);
  });

  test('a comparison over the switch counts both months on one vintage, and says so', async () => {
    const compare = '&compare=2022-03-01..2022-03-28';
    for (const vintage of vintages) {
      const { areas, notes, vintage: words } = await counted('2023-06', vintage, compare);
      const before = await counted('2022-03', vintage);
      expect(areas.map(({ code, previous }) => [code, previous])).toEqual(
        before.areas.map(({ code, count }) => [code, count]),
      );
      expect(words).toBe(`LSOAs of ${vintage.slice(0, 4)}`);
      if (vintage === '2011-01-01') expect(notes[0]).toContain('which the LSOAs of 2021 replaced on 1 January 2021');
      else expect(notes).toEqual([]);
    }
    const wards = await service.get<Areas>(
      '/api/areas/ward?from=2023-06-01&to=2023-06-28&compare=2022-03-01..2022-03-28',
    );
    expect(wards.notes).toEqual([
      'Both periods are counted on the wards of 2025; before 1 January 2025 other boundaries held (wards of 2013).',
    ]);
    const trend = await service.get<Trend>('/api/trend?area=ward:E05013049');
    expect(trend.notes).toContain(
      'All is counted on the wards of 2025; before 1 January 2025 other boundaries held (wards of 2013).',
    );
  });

  test('residents are those of each vintage, and may come later by themselves', async () => {
    const populationOf = async (vintage: string) => {
      const { areas } = await counted('2023-01', vintage);
      return areas.filter(({ population }) => population !== undefined).length;
    };
    expect([await populationOf('2011-01-01'), await populationOf('2021-01-01')]).toEqual([0, 359]);
    const file = sharedData('population/population_lsoa11_mid2017_2019_2020_tees.csv');
    const give = (validFrom: string | undefined, column?: string) =>
      importPopulation(service.database, file, { layer: 'lsoa', validFrom, column });
    await expect(give('2011-01-01')).rejects.toThrow('pop_mid2017, pop_mid2019, pop_mid2020. Name the one to use with');
    await expect(give('1991-01-01')).rejects.toThrow('held are 2011-01-01, 2021-01-01');
    expect(await give('2011-01-01', 'pop_mid2020')).toEqual([
      'for the 352 LSOAs of 2011:',
      'population of 352 areas; code from lsoa11_code, residents from pop_mid2020',
    ]);
    await service.caughtUp();
    expect([await populationOf('2011-01-01'), await populationOf('2021-01-01')]).toEqual([352, 359]);
    expect(await give(undefined, 'pop_mid2020')).toEqual([
      'for the 359 LSOAs of 2021:',
      'population of 342 areas; code from lsoa11_code, residents from pop_mid2020',
      expect.stringMatching(/^no population for 17 areas: E010\d+, .*, …$/),
      expect.stringMatching(/^10 codes of the file are of none of the areas: E010\d+, .*, …$/),
      'the file seems to be made for the LSOAs of 2011, 352 of which it has: load it again with --valid-from 2011-01-01',
    ]);
  });

  test('the wards of both vintages hold Hartlepool alike', async () => {
    const query = 'from=2023-01-01&to=2023-06-30';
    const old = await service.get<Areas>(`/api/areas/ward?${query}&vintage=2013-01-01`);
    const { areas } = await service.get<Areas>(`/api/areas/ward?${query}&vintage=2025-01-01`);
    const hartlepool = areas.filter(({ code }) => code >= 'E05013038' && code <= 'E05013049');
    const [before, now] = [sum(old.areas), sum(hartlepool)];
    expect(hartlepool).toHaveLength(12);
    // outlines are generalised, each in its own way
    expect(Math.abs(before - now) / now).toBeLessThan(0.005);
    const victoria = await service.get<Summary>(`/api/summary?${query}&area=ward:E05013049`);
    expect(victoria.total).toBe(hartlepool.at(-1)!.count);
  });
});
