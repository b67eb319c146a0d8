import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAreas } from '../../server/import/read-areas.ts';
import { readPopulation } from '../../server/import/read-population.ts';
import { bngToWgs84 } from '../../server/locate/bng-to-wgs84.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'populations-'));
let files = 0;

function fileOf(text: string): string {
  const path = join(folder, `residents-${files++}.csv`);
  writeFileSync(path, text);
  return path;
}

describe('reading populations', () => {
  const read = (text: string, column?: string) =>
    readPopulation(fileOf(text), ['E1', 'E2'], column === undefined ? {} : { column });

  test('columns are found by their values and their names', async () => {
    const found = await read('area,name,Residents 2021,households\nE1,North,"1,254.0",600\nE9,Far,1,1\n');
    expect(found).toEqual({
      populations: new Map([['E1', 1254]]),
      codeColumn: 'area',
      populationColumn: 'Residents 2021',
      missing: ['E2'],
      unknown: ['E9'],
    });
  });

  test('residents are told from households, and areas of other places are named', async () => {
    const found = await read('households,residents,code\n1,10,E1\n2,20,E2\n3,30,E8\n4,40,E8\n5,50,\n');
    expect(found).toMatchObject({ codeColumn: 'code', populationColumn: 'residents', missing: [], unknown: ['E8'] });
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
    await expect(read(text)).rejects.toThrow(message.replace('FILE', `residents-${files - 1}.csv`));
  });

  test('a column that is not there is named with those that are', async () => {
    await expect(read('code,people\nE1,1\n', 'souls')).rejects.toThrow('has no column souls. It has: code, people.');
  });
});

describeWithSharedData('published populations', () => {
  const codesOf = async (file: string, layer: string) =>
    (await readAreas(sharedData(`boundaries/${file}.geojson`), { layer, bngToWgs84 })).areas.map(({ code }) => code);
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
    expect(populations.get('E01011949')).toBe(1944);
  });

  test('residents of the LSOAs of 2011 leave out those that are new in 2021, and say so', async () => {
    const codes = await codesOf('lsoa21-tees', 'lsoa');
    const file = population('lsoa11_mid2017_2019_2020');
    const { populations, missing, unknown } = await readPopulation(file, codes, { column: 'pop_mid2020' });
    expect(populations.size + missing.length).toBe(359);
    expect(populations.size + unknown.length).toBe(352);
    expect([missing.length, unknown.length]).toEqual([17, 10]);
  });

  test('a row for each LSOA is not taken for the population of its ward', async () => {
    const codes = await codesOf('wards-2025-tees', 'ward');
    await expect(readPopulation(population('lsoa21_census2021_with_ward24'), codes)).rejects.toThrow(
      'more than one row for',
    );
  });
});
