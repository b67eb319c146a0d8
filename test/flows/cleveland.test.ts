import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Areas, Catalog, Cells, Hotspots, Summary } from '../../server/model.ts';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { runCommand, type TestService, testService } from '../helpers/service.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

type WardTable = { years: Record<string, Record<string, Record<string, number>>> };
const wardTable: WardTable = JSON.parse(
  readFileSync(new URL('../golden/cleveland/hartlepool-wards.json', import.meta.url), 'utf8'),
);

/** Cells with the statistics of R's spdep. */
type SpdepCells = {
  readonly from: string;
  readonly resolution: number;
  readonly n: number;
  readonly cells: readonly ({ readonly cell: string; readonly count: number } & Readonly<
    Record<'giStarZ' | 'giStarP' | 'giStarQ' | 'localMoranI' | 'localMoranZ' | 'localMoranP', number>
  >)[];
};

/** Rows of the 24 files; one crime stands in two months' files under one id, and is one incident. */
const rows = 187_001;
const incidents = 187_000;
const outsideWards = 67;

const months = ['2023', '2024'].flatMap((year) =>
  Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`),
);
const files = months.map((month) => sharedData(`police-uk/cleveland/${month}-cleveland-street.csv`));
const importWords = ['--profile', 'police-uk-street'];

describeWithSharedData(`Cleveland 2023 and 2024 on ${databaseKind}`, () => {
  let options: TestDatabase;
  let service: TestService;

  beforeAll(async () => {
    options = await freshDatabase();
    const wards = await runCommand(options, [
      'areas',
      sharedData('boundaries/wards-2025-tees.geojson'),
      '--layer',
      'ward',
    ]);
    expect(wards).toMatchObject({ code: 0, errors: '' });
    await killedImport(options);
    const whole = await runCommand(options, ['import', ...files, ...importWords]);
    expect(whole.code).toBe(0);
    expect(whole.output).toContain(`24 files: ${rows.toLocaleString('en-GB')} rows read`);
    expect(whole.output).toContain(' 0 rejected.');
    service = await testService('empty', options);
  }, 600_000);
  afterAll(async () => {
    await service?.close();
    await options?.remove();
  });

  /** Kills an import with SIGKILL at several moments; what was there before must be there, whole, and nothing else. */
  async function killedImport(database: TestDatabase): Promise<void> {
    for (const delay of [900, 1800, 3200]) {
      await runCommand(database, ['import', files[0]!, files[1]!, ...importWords], {
        onStart: (kill) => void sleep(delay).then(() => kill('SIGKILL')),
      });
      const state = await runCommand(database, ['status']);
      expect(state.code).toBe(0);
      // whole files only: neither, the first, or both
      expect(state.output).toMatch(/^(0|7,663|15,732) incidents/m);
    }
  }

  test('every row is in, and none is rejected', async () => {
    const catalog = await service.get<Catalog>('/api/catalog');
    expect(catalog.incidents).toBe(incidents);
    expect(catalog.months).toEqual(months);
    expect(catalog.synthetic).toBe(false);
    const areas = await service.get<Areas>('/api/areas/ward');
    expect(areas.total).toBe(incidents);
    expect(areas.outside).toBeLessThanOrEqual(outsideWards);
  });

  test('the 12 Hartlepool wards have the published counts by crime type in both years', async () => {
    for (const [year, wards] of Object.entries(wardTable.years)) {
      for (const [code, expected] of Object.entries(wards)) {
        const query = `from=${year}-01-01&to=${year}-12-31&area=ward:${code}`;
        const { total, categories } = await service.get<Summary>(`/api/summary?${query}`);
        const counted = Object.fromEntries(categories.map((category) => [category.code, category.count]));
        const { all, ...types } = expected;
        const nonZero = Object.fromEntries(Object.entries(types).filter(([, count]) => count > 0));
        expect({ year, code, total, ...counted }).toEqual({ year, code, total: all, ...nonZero });
      }
    }
  });

  test.each(filters())('cells, wards, months and tiles all add up to the summary: %s', async (filter) => {
    const summary = await service.get<Summary>(`/api/summary?${filter}`);
    for (const resolution of [6, 7, 8, 9, 10]) {
      const { cells, located } = await service.get<Cells>(`/api/cells?${filter}&resolution=${resolution}`);
      expect({ resolution, located, sum: sum(cells) }).toEqual({
        resolution,
        located: summary.located,
        sum: summary.located,
      });
    }
    const wards = await service.get<Areas>(`/api/areas/ward?${filter}`);
    expect(sum(wards.areas) + wards.outside).toBe(summary.located);
    expect(sum(summary.months)).toBe(summary.total);
    expect(sum(summary.categories)).toBe(summary.total);
    expect(await sumOfTiles(service, filter)).toBe(summary.located);
  });

  test.each(['hartlepool-violence-2023', 'hartlepool-anti-social-behaviour-2024'])(
    'Gi*, its p and q, and Local Moran are those of spdep for every cell: %s',
    async (name) => {
      const golden: SpdepCells = JSON.parse(
        readFileSync(new URL(`../golden/statistics/${name}.json`, import.meta.url), 'utf8'),
      );
      const wards = Object.keys(wardTable.years['2023']!).map((code) => `ward:${code}`);
      const category = name.includes('violence') ? 'violence' : 'asb';
      const year = golden.from.slice(0, 4);
      const query = `categories=${category}&from=${year}-01-01&to=${year}-12-31&area=${wards}&resolution=${golden.resolution}`;
      const { cells, study } = await service.get<Cells>(`/api/cells?${query}&measures=giStar,localMoran`);
      expect(cells.map(({ cell, count }) => [cell, count])).toEqual(
        golden.cells.map(({ cell, count }) => [cell, count]),
      );
      expect(study).toMatchObject({ cells: golden.n, zeros: golden.cells.filter(({ count }) => count === 0).length });
      for (const [index, expected] of golden.cells.entries()) {
        for (const field of ['giStarZ', 'localMoranI', 'localMoranZ'] as const) {
          expect(Math.abs(cells[index]![field]! - expected[field])).toBeLessThanOrEqual(
            1e-9 * Math.abs(expected[field]) + 1e-12,
          );
        }
        for (const field of ['giStarP', 'giStarQ', 'localMoranP'] as const) {
          expect(Math.abs(cells[index]![field]! - expected[field])).toBeLessThan(1e-6);
        }
      }
    },
  );

  test('the hot spots of violence in Hartlepool in 2023 include the town centre in Victoria ward', async () => {
    const wards = Object.keys(wardTable.years['2023']!).map((code) => `ward:${code}`);
    const { hotspots, notes } = await service.get<Hotspots>(
      `/api/hotspots?categories=violence&from=2023-01-01&to=2023-12-31&area=${wards}`,
    );
    expect(hotspots[0]!.areas[0]!.name).toBe('Victoria');
    expect(hotspots.every(({ cells, count, share }) => cells.length > 0 && count > 0 && share! > 0)).toBe(true);
    expect(notes.some((note) => note.includes('by month only'))).toBe(true);
  });

  test('a second import of the same files, in another order, adds and changes nothing', async () => {
    const { version } = await service.get<Catalog>('/api/catalog');
    await service.close();
    const again = await runCommand(options, ['import', ...[...files].reverse(), ...importWords]);
    expect(again.code).toBe(0);
    expect(again.output).toContain(`${rows.toLocaleString('en-GB')} rows read, 0 added, 0 changed`);
    service = await testService('empty', options);
    expect((await service.get<Catalog>('/api/catalog')).version).toBe(version);
  }, 600_000);
});

function filters(): string[] {
  return [
    '',
    'categories=violence',
    'categories=asb,crime.shoplifting',
    'from=2023-06-01&to=2023-08-31',
    'from=2024-12-01',
    'to=2023-01-31&categories=crime',
    'area=ward:E05013049',
    'area=ward:E05013049,ward:E05013038&categories=crime.burglary',
    'categories=crime.robbery&from=2024-01-01&to=2024-12-31',
    'weekdays=mon',
    'hours=0-23',
    'categories=crime.bicycle-theft&compare=previous-year&from=2024-01-01&to=2024-06-30',
  ];
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}

/** Counts of the distinct cells of all zoom 12 tiles over the Tees and well beyond. */
async function sumOfTiles(service: TestService, filter: string): Promise<number> {
  const counts = new Map<string, number>();
  const query = filter.replace(/&?compare=[^&]*/, '');
  for (let x = 2022; x <= 2042; x++) {
    for (let y = 1285; y <= 1310; y++) {
      const response = await service.app.inject(`/tiles/cells/12/${x}/${y}.mvt?${query}`);
      if (response.statusCode === 204) continue;
      const layer = new VectorTile(new PbfReader(response.rawPayload)).layers.cells!;
      for (let index = 0; index < layer.length; index++) {
        const { id: cell, properties } = layer.feature(index);
        const { count } = properties;
        counts.set(String(cell), Number(count));
      }
    }
  }
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
