/**
 * A process that is made to be killed: `node --import tsx import-until-killed.ts <settings> <file>` opens the database (and
 * with it mends what the last kill left), prints what is wrong with what is held, says that it begins, imports the file
 * and says that it is done.
 */
import { importFile } from '../../server/flows/import-file.ts';
import { profilesFolder, taxonomyFolder } from '../../server/folders.ts';
import { loadProfile } from '../../server/import/profile.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { type Database, type DatabaseOptions, openDatabase } from '../../server/store/database.ts';

/** One line of what the process says. */
export type Said =
  | { readonly kind: 'held'; readonly broken: readonly string[]; readonly files: Readonly<Record<string, number>> }
  | { readonly kind: 'importing' }
  | { readonly kind: 'done' };

/** Statements that find something only in a database with half an import in it. */
const invariants: Readonly<Record<string, string>> = {
  'an incident without its import': `select from incident left join import on import.id = import_id where import.id is null`,
  'an import without its incidents': `select import.id from import left join incident on import_id = import.id
    where removed_at is null group by import.id, added, changed having count(incident.id) <> added + changed`,
  'an import that was not finished': `select from import where rows_read = 0`,
  'an incident twice': `select from incident group by source_id, identity having count(*) > 1`,
  'an incident at a place that is not there': `select from incident left join place on place.id = place_id
    where place_id is not null and place.id is null`,
  'a version that was not counted': `select from data_version where version <> 1 + (select count(*) from import where added + changed > 0)`,
  'an index that lacks a row': `select from (select count(*) as found from incident where source_id >= 0) as a,
    (select count(*) as held from incident) as b where found <> held`,
};

async function main(options: Omit<DatabaseOptions, 'role'>, path: string): Promise<void> {
  const database = await openDatabase({ ...options, role: 'command' });
  say(await whatIsHeld(database));
  const profile = await loadProfile([profilesFolder], 'incidents');
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  say({ kind: 'importing' });
  const settings = { profile, taxonomy, importedBy: 'test', now: '2026-01-01T00:00:00', rejectsPath: null };
  if (path !== '') await importFile(database, path, path, settings);
  say({ kind: 'done' });
  await database.close();
}

function whatIsHeld(database: Database): Promise<Said> {
  return database.read(async (client) => {
    const broken: string[] = [];
    for (const [name, statement] of Object.entries(invariants)) {
      if ((await client.query(statement)).rowCount) broken.push(name);
    }
    const { rows } = await client.query<{ name: string; count: number }>(
      `select file_name as name, count(incident.id)::int as count from import left join incident on import_id = import.id group by 1`,
    );
    return { kind: 'held', broken, files: Object.fromEntries(rows.map(({ name, count }) => [name, count])) };
  });
}

function say(what: Said): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

await main(JSON.parse(process.argv[2]!), process.argv[3] ?? '');
