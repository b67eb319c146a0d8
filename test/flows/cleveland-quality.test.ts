import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeImportQuality, describeSourceQuality } from '../../server/flows/describe-quality.ts';
import type { Quality } from '../../server/import-model.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { readImports } from '../../server/store/status.ts';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { runCommand } from '../helpers/service.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

/** Rows of the 37 files; one crime stands in two months' files under one id, and is one incident. */
const rows = 290_500;
const incidents = 290_499;
/** Anti-social behaviour, which alone has no Crime ID. */
const withoutId = 58_222;

describeWithSharedData(`the quality of Cleveland's files on ${databaseKind}`, () => {
  let options: TestDatabase;
  let database: Database;
  let quality: Quality;

  beforeAll(async () => {
    options = await freshDatabase();
    const wards = sharedData('boundaries/wards-2025-tees.geojson');
    expect(await runCommand(options, ['areas', wards, '--layer', 'ward'])).toMatchObject({ code: 0, errors: '' });
    const folder = sharedData('police-uk/cleveland');
    expect(readdirSync(folder)).toHaveLength(37);
    const taken = await runCommand(options, ['import', folder, '--profile', 'police-uk-street']);
    expect(taken.code).toBe(0);
    database = await openDatabase({ ...options, role: 'command' });
    quality = await describeSourceQuality(database, 'data.police.uk');
  }, 900_000);
  afterAll(async () => {
    await database?.close();
    await options?.remove();
  });

  test('every row is looked at: the Crime ID lacks in all anti-social behaviour, Context everywhere', () => {
    const filled = new Map(quality.completeness.map((one) => [one.column, one]));
    expect(filled.size).toBe(12);
    expect(filled.get('Crime ID')).toEqual({ column: 'Crime ID', filled: rows - withoutId, rows });
    expect(filled.get('Month')).toEqual({ column: 'Month', filled: rows, rows });
    expect(filled.get('Context')).toEqual({ column: 'Context', filled: 0, rows });
  });

  test('times are months and no more, and every incident has a point', () => {
    expect(quality.incidents).toBe(incidents);
    expect(quality.timePrecision).toEqual({ minute: 0, hour: 0, day: 0, month: incidents, ranges: 0 });
    expect(quality.placed).toEqual({ coordinates: incidents, postcode: 0, street: 0, areaOnly: 0, none: 0 });
    expect(quality.hitRate).toBe(1);
  });

  test('copies are the 21,550 that are known, and are kept', () => {
    expect(quality.duplicates.sameContent).toBe(21_550);
    expect(quality.notes.join('\n')).toContain('7.4 % of the incidents (21,550) equal another in everything');
  });

  test('the incidents stand on 15,036 points, up to 1,549 on one', () => {
    const { points, places, topTen, share } = quality.stacked;
    expect(points).toBe(15_036);
    expect(places).toHaveLength(10);
    expect(places[0]).toEqual({ location: 'On or near Police Station', incidents: 1_549 });
    expect(topTen).toBe(places.reduce((sum, place) => sum + place.incidents, 0));
    expect(share).toBeCloseTo(topTen / incidents, 12);
  });

  test('the nine months that were never there are the first thing said, and no other month is called odd', () => {
    expect(quality.notes[0]).toBe('The nine months 2022-04 to 2022-12 are missing: they are gaps, not zeros.');
    expect(quality.months.filter(({ missing }) => missing)).toHaveLength(9);
    expect(quality.months).toHaveLength(46);
    expect(quality.months.some(({ sudden }) => sudden)).toBe(false);
  });

  test('all but 67 incidents lie in a ward, and the wards are those of 2025', () => {
    expect(quality.areas).toMatchObject({ layer: 'ward', validFrom: '2025-01-01', previousImport: null, none: 67 });
    expect(quality.areas!.rows).toHaveLength(83);
    const inWards = quality.areas!.rows.reduce((sum, row) => sum + row.incidents, 0);
    expect(inWards).toBe(incidents - 67);
  });

  test('one month’s import is judged by the other months, and stands beside the one before it', async () => {
    const imports = await database.read((client) => readImports(client, 100));
    const [last, before] = imports;
    const report = await describeImportQuality(database, last!.id);
    expect(report.import!.fileName).toContain('2024-12');
    expect(report.months).toEqual([
      { month: '2024-12', incidents: last!.accepted, missing: false, usual: expect.any(Number), sudden: false },
    ]);
    expect(report.months[0]!.usual).toBeGreaterThan(7_000);
    expect(report.areas!.previousImport).toBe(before!.id);
    const sums = report.areas!.rows.reduce((sum, row) => [sum[0]! + row.incidents, sum[1]! + row.previous!], [0, 0]);
    expect(sums[0]! + report.areas!.none).toBe(last!.accepted);
    expect(sums[1]!).toBeGreaterThan(before!.accepted - 10);
  });

  test('the command line tells it in words', async () => {
    const { code, output, errors } = await runCommand(options, ['quality', 'data.police.uk']);
    expect([code, errors]).toEqual([0, '']);
    for (const words of [
      'data.police.uk: 290,499 incidents',
      '- The nine months 2022-04 to 2022-12 are missing',
      'Time known to: month 100 %',
      'Ten commonest of 15,036 points, with 2.9 % of the incidents that have one:',
      '2022-07  missing',
      'in none                      67',
    ]) {
      expect(output).toContain(words);
    }
  }, 300_000);
});
