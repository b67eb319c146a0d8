/** Imports one file into the database of the settings and prints, as JSON, its rows and the seconds of the import itself. */
import { readConfig } from '../server/config.ts';
import { importFile } from '../server/flows/import-file.ts';
import { profilesFolder, taxonomyFolder } from '../server/folders.ts';
import { loadProfile } from '../server/import/profile.ts';
import { loadTaxonomy } from '../server/import/taxonomy.ts';
import { openDatabase } from '../server/store/database.ts';

async function importOnce(path: string): Promise<void> {
  const database = await openDatabase({ ...readConfig(process.env), role: 'command' });
  const options = {
    profile: await loadProfile(profilesFolder, 'police-uk-street'),
    taxonomy: await loadTaxonomy(taxonomyFolder),
    importedBy: 'bench',
    now: '2025-01-01T00:00:00',
    rejectsPath: null,
  };
  const began = performance.now();
  const { added } = await importFile(database, path, path, options);
  const seconds = (performance.now() - began) / 1000;
  await database.close();
  console.log(JSON.stringify({ added, seconds }));
}

importOnce(process.argv[2] as string).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
