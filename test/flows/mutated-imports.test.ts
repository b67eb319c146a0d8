import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { profilesFolder } from '../../server/folders.ts';
import { loadProfile } from '../../server/import/profile.ts';
import { createRandom } from '../../server/statistics/random.ts';
import { databaseKind } from '../helpers/database.ts';
import { importTests } from '../helpers/import-tests.ts';
import { mutate } from '../helpers/mutate.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const { database, file, importing } = importTests();

async function held() {
  const { rows } = await database().read((client) =>
    client.query<{ incidents: number; imports: number; version: number }>(
      `select (select count(*) from incident)::int as incidents, (select count(*) from import)::int as imports, version from data_version`,
    ),
  );
  return rows[0]!;
}

describeWithSharedData(`broken files, imported into ${databaseKind}`, () => {
  test('are in as their report says, or not at all', async () => {
    const profile = await loadProfile(profilesFolder, 'police-uk-street');
    // longer than a batch, so that a fault may come when rows have been written already
    const whole = readFileSync(sharedData('police-uk/cleveland/2023-04-cleveland-street.csv'));
    const random = createRandom(11);
    const counts = { taken: 0, refused: 0 };
    for (let mutation = 0; mutation < 24; mutation++) {
      // now and then a quotation mark is never closed near the end: refused after thousands of good rows
      const broken =
        mutation % 3 === 0 ? Buffer.concat([whole, Buffer.from(',"never closed\n')]) : mutate(whole, random);
      const path = file(`${mutation}.csv`, broken);
      const before = await held();
      try {
        const report = await importing(path, profile);
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
