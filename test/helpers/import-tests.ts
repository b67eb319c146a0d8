import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type ImportReport, importFile } from '../../server/flows/import-file.ts';
import type { Profile } from '../../server/import/profile.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { taxonomy } from './import-fixtures.ts';

/** What tests of imports have: a database of their own, and a folder to write files into. */
export type ImportTests = {
  database(): Database;
  /** Writes a file; gives its path. */
  file(name: string, content: string | Buffer): string;
  importing(path: string, profile: Profile): Promise<ImportReport>;
};

/** Sets up the tests of a file that import into a database, one for all of them. */
export function importTests(): ImportTests {
  let options: TestDatabase;
  let database: Database;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hotspot-imports-'));
    options = await freshDatabase();
    database = await openDatabase({ ...options, role: 'service' });
  });

  afterAll(async () => {
    await database?.close();
    await options?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    database: () => database,
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    importing(path, profile) {
      const settings = { importedBy: 'test', now: '2026-01-01T00:00:00', rejectsPath: null };
      return importFile(database, path, path, { ...settings, profile, taxonomy });
    },
  };
}
