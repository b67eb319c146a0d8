import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { interruptImports } from '../helpers/interrupted-imports.ts';
import { type Cluster, makeCluster, serverPrograms } from '../helpers/own-cluster.ts';

/** The whole hundred takes some minutes: CI runs it, a developer's run takes a sample unless told otherwise. */
const kills = Number(process.env.HOTSPOT_TEST_KILLS ?? 10);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotspot-kills-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe(`imports whose process is killed, on ${databaseKind}`, () => {
  let options: TestDatabase;
  beforeAll(async () => {
    options = await freshDatabase();
  });
  afterAll(() => options?.remove());

  it(`are there whole or not at all, whenever the process ends: ${kills} kills`, async () => {
    const broken = await interruptImports({ options, folder, times: kills });
    console.log(`killed ${kills} times: ${broken} imports were cut off`);
    expect(broken).toBeGreaterThan(kills / 4);
  }, 1_800_000);
});

// the embedded database ends with the process, above; a server of one's own is needed to cut its power
const programs = databaseKind === 'PostgreSQL' ? serverPrograms() : null;
if (databaseKind === 'PostgreSQL' && !programs) {
  process.stderr.write(
    'SKIPPED "imports whose server loses its power": there are no server programs in /usr/lib/postgresql.\n',
  );
}

describe.skipIf(programs === null)('imports whose server loses its power', () => {
  const times = Math.max(8, Math.ceil(kills / 5));
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await makeCluster(programs!);
  });
  afterAll(() => cluster?.remove());

  it(`are there whole or not at all, whenever that happens: ${times} times`, async () => {
    const broken = await interruptImports({
      options: { databaseUrl: cluster.url, dataDirectory: folder },
      folder: mkdtempSync(join(folder, 'power-')),
      times,
      interrupt: () => cluster.losePower(),
      mend: () => cluster.start(),
    });
    console.log(`without power ${times} times: ${broken} imports were cut off`);
    expect(broken).toBeGreaterThan(0);
  }, 1_800_000);
});
