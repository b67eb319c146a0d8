import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { StartupError } from '../errors.ts';

/** The major version of PostgreSQL inside the embedded database. */
const postgresVersion = '18';
/** Longest path a Unix socket may have on every system we know (104 on macOS, 108 on Linux). */
const longestSocketPath = 100;

/** Who holds a data directory, and where that process answers PostgreSQL connections. */
export type Holder = { readonly pid: number; readonly host: string; readonly port: number };
type Lock = Partial<Holder> & { readonly pid: number; readonly started?: string | null };

/** A data directory held by this process until `release` is called. */
export type Hold = {
  readonly databaseDirectory: string;
  announce(address: Omit<Holder, 'pid'>): void;
  release(): void;
};

const ownKey = 'hotspot: locks of this process';
/**
 * Locks of this process. One with its number that is not here was left by another: containers give out the same few
 * numbers. Threads hear of those held when they are started, so that they join the database instead of opening it again.
 */
const own = new Set<string>((getEnvironmentData(ownKey) as unknown as readonly string[] | undefined) ?? []);

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
    release(lock);
    throw error;
  }
  return {
    databaseDirectory: join(root, 'postgres'),
    announce: (address) => writeFileSync(lock, lockText(address)),
    release: () => release(lock),
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

function release(lock: string): void {
  rmSync(lock, { force: true });
  own.delete(lock);
  tellThreads();
}

function tellThreads(): void {
  setEnvironmentData(ownKey, [...own]);
}

function lockText(address?: Omit<Holder, 'pid'>): string {
  return JSON.stringify({ pid: process.pid, started: startOf(process.pid), ...address } satisfies Lock);
}

/** Writes the lock; returns the living holder instead if there is one, and clears the lock of a dead one. */
function writeLock(lock: string): Holder | undefined {
  for (;;) {
    try {
      writeFileSync(lock, lockText(), { flag: 'wx', mode: 0o600 });
      own.add(lock);
      tellThreads();
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new StartupError(`cannot write to the data directory: ${(error as Error).message}`, { cause: error });
      }
    }
    const found = readLock(lock);
    if (found && isAlive(found, lock)) return { pid: found.pid, host: found.host ?? '', port: found.port ?? 0 };
    rmSync(lock, { force: true });
  }
}

/** Undefined for a lock that stays unreadable: one just being written is looked at again. */
function readLock(lock: string): Lock | undefined {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      const found = JSON.parse(readFileSync(lock, 'utf8')) as Lock;
      if (Number.isInteger(found.pid)) return found;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  return undefined;
}

function isAlive({ pid, started }: Lock, lock: string): boolean {
  if (pid === process.pid) return own.has(lock) || (Boolean(started) && started === startOf(pid));
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // the number may have gone to another process since
  return !started || started === startOf(pid);
}

/** When a process started, in whatever unit the system counts; null where it does not tell. */
function startOf(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
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
