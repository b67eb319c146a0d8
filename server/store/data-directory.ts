import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartupError } from '../errors.ts';

/** The major version of PostgreSQL inside the embedded database. */
const postgresVersion = '18';
/** Longest path a Unix socket may have on every system we know (104 on macOS, 108 on Linux). */
const longestSocketPath = 100;

/** Who holds a data directory, and where that process answers PostgreSQL connections. */
export type Holder = { readonly pid: number; readonly host: string; readonly port: number };

/** A data directory held by this process until `release` is called. */
export type Hold = {
  readonly databaseDirectory: string;
  announce(address: Omit<Holder, 'pid'>): void;
  release(): void;
};

/** Takes the directory for this process, or tells who holds it; two processes never open one embedded database. */
export function holdDataDirectory(directory: string): Hold | Holder {
  const root = resolve(directory);
  createDirectory(root);
  const lock = join(root, 'lock.json');
  const holder = writeLock(lock);
  if (holder) return holder;
  try {
    refuseOtherVersion(root);
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  }
  return {
    databaseDirectory: join(root, 'postgres'),
    announce: (address) => writeFileSync(lock, JSON.stringify({ pid: process.pid, ...address })),
    release: () => rmSync(lock, { force: true }),
  };
}

/** Where to put the Unix socket: beside the data if the path is short enough, else in a private temporary folder. */
export function socketFolder(directory: string): string {
  const root = resolve(directory);
  return join(root, '.s.PGSQL.5432').length <= longestSocketPath ? root : mkdtempSync(join(tmpdir(), 'hotspot-'));
}

function createDirectory(root: string): void {
  try {
    // readable by its owner only: the incidents are personal data
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartupError(`cannot use the data directory ${root}: ${(cause as Error).message}`, { cause });
  }
}

/** Writes the lock; returns the living holder instead if there is one, and clears the lock of a dead one. */
function writeLock(lock: string): Holder | undefined {
  for (;;) {
    try {
      writeFileSync(lock, JSON.stringify({ pid: process.pid }), { flag: 'wx', mode: 0o600 });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new StartupError(`cannot write to the data directory: ${(error as Error).message}`, { cause: error });
      }
    }
    const holder = readLock(lock);
    if (holder && isAlive(holder.pid)) return holder;
    rmSync(lock, { force: true });
  }
}

function readLock(lock: string): Holder | undefined {
  try {
    const { pid, host = '', port = 0 } = JSON.parse(readFileSync(lock, 'utf8'));
    return { pid, host, port };
  } catch {
    return undefined; // half written by a process that died
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function refuseOtherVersion(root: string): void {
  const file = join(root, 'postgres', 'PG_VERSION');
  if (!existsSync(file)) return;
  const found = readFileSync(file, 'utf8').trim();
  if (found !== postgresVersion) {
    throw new StartupError(
      `the data directory ${root} was written by PostgreSQL ${found}; this version of the service has ${postgresVersion}. Use the version that wrote it, or another HOTSPOT_DATA_DIR`,
    );
  }
}
