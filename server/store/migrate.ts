import type { ClientBase } from 'pg';
import { StartupError } from '../errors.ts';
import { migrations, sql } from './sql.ts';

const oldestPostgres = 150000;

/** Brings the tables up to date, forward only, one transaction a migration; harmless to repeat and to run twice at once. */
export async function migrate(client: ClientBase): Promise<void> {
  await refuseUnsuitable(client);
  await client.query('begin');
  try {
    // concurrent starts wait here for one another
    await client.query(sql('lock-migrations'));
    await client.query(sql('create-migration-table'));
    const done = new Set((await client.query<{ name: string }>(sql('list-migrations'))).rows.map((row) => row.name));
    refuseNewer(done);
    for (const { name, text } of migrations()) {
      if (done.has(name)) continue;
      await client.query(text);
      await client.query(sql('record-migration'), [name]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function refuseUnsuitable(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: number; postgis: boolean }>(sql('server-abilities'));
  const { version, postgis } = rows[0] ?? { version: 0, postgis: false };
  if (version < oldestPostgres) {
    throw new StartupError(
      `the database server is PostgreSQL ${Math.floor(version / 10000)}; version 15 or newer is needed`,
    );
  }
  if (!postgis) {
    throw new StartupError(
      'the database server has no PostGIS; install it there (on Debian: postgresql-15-postgis-3) or use another server',
    );
  }
}

function refuseNewer(done: ReadonlySet<string>): void {
  const known = new Set(migrations().map(({ name }) => name));
  const unknown = [...done].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new StartupError(
      `the database was written by a newer version of this service (it has ${unknown.join(', ')}); update the service`,
    );
  }
}
