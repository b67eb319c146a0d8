import pg from 'pg';
import { StartupError } from '../errors.ts';
import { connectionFailure } from './connection-failure.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { sql } from './sql.ts';

/** How the service names its connections, so that commands see whether one is running. */
const serviceName = 'hotspot service';

/** The system of record. Everything goes through transactions: on the embedded database all connections share a session. */
export type Database = {
  readonly kind: 'embedded' | 'postgresql';
  /** Where the data are, in words fit for a terminal; never a password. */
  readonly description: string;
  /** Runs `work` on one unchanging view of the data. */
  read<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Runs `work` as one change: all of it is kept, or nothing; one change at a time. */
  change<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Calls `listener` after each committed change, by whichever process made it. */
  onChange(listener: () => void): Promise<void>;
  /** Whether a service (this process not counted) is running on this database. */
  hasService(): Promise<boolean>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  /** A service announces itself; a command does not. */
  readonly role: 'service' | 'command';
};

setTypeParsers();

/** Opens the database of the settings and brings its tables up to date; throws a `StartupError` of one clear line. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const embedded = options.databaseUrl === undefined ? await openEmbedded(options.dataDirectory) : undefined;
  if (embedded?.shared && options.role === 'service') {
    throw new StartupError(
      `the data directory ${options.dataDirectory} is in use by another running service; stop it, or set HOTSPOT_DATA_DIR`,
    );
  }
  const settings = connectionSettings(options, embedded);
  const pool = new pg.Pool(settings);
  // an idle connection that breaks is replaced by the pool at the next use; without a listener it would end the process
  pool.on('error', () => {});
  try {
    await prepare(pool);
  } catch (error) {
    await pool.end();
    await embedded?.close();
    throw error instanceof StartupError ? error : connectionFailure(error, describe(options));
  }
  return database(options, pool, settings, embedded);
}

function database(
  options: DatabaseOptions,
  pool: pg.Pool,
  settings: pg.PoolConfig,
  embedded: Embedded | undefined,
): Database {
  let listening: { end(): Promise<void> } | undefined;
  return {
    kind: embedded ? 'embedded' : 'postgresql',
    description: describe(options),
    read: (work) => transaction(pool, 'begin isolation level repeatable read read only', work, 'rollback'),
    change: (work) => transaction(pool, 'begin', (client) => lockThen(client, work), 'commit'),
    async onChange(listener) {
      if (embedded) return embedded.onCommit(listener);
      listening = await listen(settings, listener);
    },
    async hasService() {
      if (embedded) return embedded.shared;
      const found = await pool.query<{ running: boolean }>(sql('find-service'), [serviceName]);
      return found.rows[0]?.running === true;
    },
    async close() {
      await listening?.end();
      await pool.end();
      await embedded?.close();
    },
  };
}

function connectionSettings(options: DatabaseOptions, embedded: Embedded | undefined): pg.PoolConfig {
  if (embedded) return { host: embedded.host, port: embedded.port, user: 'postgres', database: 'postgres', max: 1 };
  return {
    connectionString: options.databaseUrl,
    max: 6,
    connectionTimeoutMillis: 10_000,
    application_name: options.role === 'service' ? serviceName : 'hotspot command',
  };
}

async function prepare(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await migrate(client);
  } finally {
    client.release();
  }
}

async function lockThen<T>(client: pg.PoolClient, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  await client.query(sql('lock-changes'));
  return work(client);
}

async function transaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient) => Promise<T>,
  end: 'commit' | 'rollback',
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query(end);
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A connection that hears of changes; when it breaks it comes back by itself, and tells of what it may have missed. */
async function listen(settings: pg.PoolConfig, notify: () => void): Promise<{ end(): Promise<void> }> {
  let client: pg.Client | undefined;
  let ended = false;
  const connect = async () => {
    client = new pg.Client(settings);
    client.on('notification', notify);
    client.on('error', () => {});
    client.once('end', reconnect);
    await client.connect();
    await client.query(sql('listen'));
  };
  const reconnect = () => ended || setTimeout(() => connect().then(notify, reconnect), 1_000);
  await connect();
  return {
    async end() {
      ended = true;
      await client?.end();
    },
  };
}

function describe(options: DatabaseOptions): string {
  if (options.databaseUrl === undefined) return `embedded PostGIS in ${options.dataDirectory}`;
  const { hostname, port, pathname } = new URL(options.databaseUrl);
  return `PostgreSQL at ${hostname || 'the local socket'}${port ? `:${port}` : ''}, database ${pathname.slice(1) || 'default'}`;
}

/** Days stay strings and counts become numbers: `pg` would make local midnights of the first and text of the second. */
function setTypeParsers(): void {
  const { builtins } = pg.types;
  pg.types.setTypeParser(builtins.DATE, (text) => text);
  pg.types.setTypeParser(builtins.TIMESTAMP, (text) => text);
  pg.types.setTypeParser(builtins.INT8, (text) => Number(text));
}
