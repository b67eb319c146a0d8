import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { importAreas } from '../../server/flows/import-areas.ts';
import { openDatabase } from '../../server/store/database.ts';
import { deriveIncidents } from './derive-incidents.ts';
import { type NationalRows, nationalFiles } from './national-file.ts';

const attribution =
  'Contains public sector information licensed under the Open Government Licence v3.0. Repeated and moved: derived.';

/** Fills an empty database with a derived data set of a size: tables, places, wards, incidents. */
export async function fillDatabase(url: string, national: NationalRows, incidents: number): Promise<void> {
  const database = await openDatabase({ databaseUrl: url, dataDirectory: '', role: 'command' });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set work_mem = '512MB'; set maintenance_work_mem = '512MB'; set synchronous_commit = off");
    const derived = deriveIncidents(national, incidents);
    await withDefaults(client, 'place', { placed_by: "'coordinates'" }, () =>
      copyInto(client, 'place (id, lng, lat, location, cell)', derived.placeLines()),
    );
    await client.query(`alter table place alter id restart with ${derived.places + 1}; analyze place`);
    await importAreas(database, nationalFiles.wards, {
      layer: 'ward',
      validFrom: undefined,
      populationFile: undefined,
    });
    await writeDictionaries(client, national, incidents);
    await writeIncidents(client, derived.incidentLines());
    await client.query('vacuum analyze');
  } finally {
    await client.end();
    await database.close();
  }
}

async function writeDictionaries(client: pg.Client, national: NationalRows, incidents: number): Promise<void> {
  for (const code of national.categories) await client.query('insert into category (code) values ($1)', [code]);
  await client.query("insert into flag_set (flags) values ('{}')");
  const source =
    "insert into source (name, profile, attribution) values ('national (derived)', 'police-uk-street', $1)";
  await client.query(source, [attribution]);
  await client.query(
    `insert into import (source_id, file_name, sha256, rows_read, accepted, rejected, added, changed, unlocated,
       imported_by, started_at)
     values (1, 'national-street.csv.gz', '', $1, $1, 0, $1, 0, 0, 'bench', now())`,
    [incidents],
  );
}

async function writeIncidents(client: pg.Client, lines: Iterable<string>): Promise<void> {
  const shared = { source_id: '1', import_id: '1', flag_set_id: '1', precision: "'hour'" };
  await withDefaults(client, 'incident', shared, () =>
    copyInto(client, 'incident (identity, content, category_id, occurred_from, place_id)', lines),
  );
}

/** What all rows share is written by the table's defaults, so that COPY carries only what differs. */
async function withDefaults(
  client: pg.Client,
  table: string,
  shared: Readonly<Record<string, string>>,
  write: () => Promise<void>,
): Promise<void> {
  const alter = (change: (value: string) => string) =>
    client.query(
      `alter table ${table} ${Object.entries(shared)
        .map(([column, value]) => `alter ${column} ${change(value)}`)
        .join(', ')}`,
    );
  await alter((value) => `set default ${value}`);
  await write();
  await alter(() => 'drop default');
}

async function copyInto(client: pg.Client, target: string, texts: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(texts), client.query(copyFrom(`copy ${target} from stdin`)));
}
