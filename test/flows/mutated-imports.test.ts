import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { importFile } from '../../server/flows/import-file.ts';
import { profilesFolder, taxonomyFolder } from '../../server/folders.ts';
import { loadProfile } from '../../server/import/profile.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { createRandom } from '../../server/statistics/random.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { mutate } from '../helpers/mutate.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

let options: TestDatabase;
let database: Database;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotspot-mutated-'));
  options = await freshDatabase();
  database = await openDatabase({ ...options, role: 'service' });
});
afterAll(async () => {
  await database?.close();
  await options?.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function held() {
  const { rows } = await database.read((client) =>
    client.query<{ incidents: number; imports: number; version: number }>(
      `select (select count(*) from incident)::int as incidents, (select count(*) from import)::int as imports, version from data_version`,
    ),
  );
  return rows[0]!;
}

describeWithSharedData(`broken files, imported into ${databaseKind}`, () => {
  test('are in as their report says, or not at all', async () => {
    const profile = await loadProfile([profilesFolder], 'police-uk-street');
    const taxonomy = await loadTaxonomy(taxonomyFolder);
    // longer than a batch, so that a fault may come when rows have been written already
    const whole = readFileSync(sharedData('police-uk/cleveland/2023-04-cleveland-street.csv'));
    const random = createRandom(11);
    const counts = { taken: 0, refused: 0 };
    for (let mutation = 0; mutation < 24; mutation++) {
      const path = join(folder, `${mutation}.csv`);
      // now and then a quotation mark is never closed near the end: refused after thousands of good rows
      const broken =
        mutation % 3 === 0 ? Buffer.concat([whole, Buffer.from(',"never closed\n')]) : mutate(whole, random);
      writeFileSync(path, broken);
      const before = await held();
      try {
        const report = await importFile(database, path, path, {
          profile,
          taxonomy,
          importedBy: 'test',
          now: '2026-01-01T00:00:00',
          rejectsPath: null,
        });
        counts.taken++;
        expect(report.accepted + report.rejected).toBe(report.rowsRead);
        expect((await held()).incidents).toBe(before.incidents + report.added);
        expect((await held()).imports).toBe(before.imports + 1);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        counts.refused++;
        expect(await held()).toEqual(before);
      }
    }
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(3);
  }, 600_000);
});
