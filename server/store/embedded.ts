import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { StartupError } from '../errors.ts';
import { startThread } from '../start-thread.ts';
import { type Hold, holdDataDirectory, socketFolder } from './data-directory.ts';
import type { EmbeddedMessage, EmbeddedOptions } from './embedded-worker.ts';

/** An embedded database to connect to, opened by this process or by the one that holds the data directory. */
export type Embedded = {
  readonly host: string;
  readonly port: number;
  /** Whether another process (the running service) opened it. */
  readonly shared: boolean;
  /** Calls `listener` after each commit, by whichever connection. */
  onCommit(listener: () => void): void;
  close(): Promise<void>;
};

const windows = process.platform === 'win32';
/** `pg` derives the socket's file name from the port. */
const socketPort = 5432;

/** Opens the embedded database in `directory`, or joins the process that has it open. */
export async function openEmbedded(directory: string): Promise<Embedded> {
  const hold = holdDataDirectory(directory);
  if ('pid' in hold) {
    if (!hold.port) {
      throw new StartupError(
        `the data directory ${directory} is being opened by process ${hold.pid}; wait until it is ready, or end it`,
      );
    }
    return { host: hold.host, port: hold.port, shared: true, onCommit: () => {}, close: async () => {} };
  }
  try {
    return await startWorker(directory, hold);
  } catch (error) {
    hold.release();
    throw error;
  }
}

async function startWorker(directory: string, hold: Hold): Promise<Embedded> {
  const folder = windows ? '127.0.0.1' : socketFolder(directory);
  const path = join(folder, `.s.PGSQL.${socketPort}`);
  if (!windows) rmSync(path, { force: true });
  const options: EmbeddedOptions = { directory: hold.databaseDirectory, ...(windows ? { port: 0 } : { path }) };
  const worker = startThread(new URL('./embedded-worker.ts', import.meta.url), options);
  const listeners = new Set<() => void>();
  const port = await readiness(worker, directory);
  worker.on('message', (message: EmbeddedMessage) => {
    if (message.kind === 'committed') for (const listener of listeners) listener();
  });
  const address = { host: folder, port: port ?? socketPort };
  hold.announce(address);
  return {
    ...address,
    shared: false,
    onCommit: (listener) => listeners.add(listener),
    close: async () => {
      await stop(worker);
      if (!windows) rmSync(path, { force: true });
      if (dirname(path) !== dirname(hold.databaseDirectory) && !windows)
        rmSync(folder, { recursive: true, force: true });
      hold.release();
    },
  };
}

function readiness(worker: Worker, directory: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new StartupError(`the embedded database in ${directory} did not open: ${reason}`));
    worker.on('message', (message: EmbeddedMessage) => {
      if (message.kind === 'ready') resolve(message.port);
      if (message.kind === 'failed') fail(message.message);
    });
    worker.once('error', (error) => fail((error as Error).message));
    worker.once('exit', (code) => fail(`its thread ended with code ${code}`));
  });
}

/** Ends the database in order; after ten seconds the thread is ended anyway (its log makes it whole at the next start). */
async function stop(worker: Worker): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    worker.on('message', (message: EmbeddedMessage) => message.kind === 'closed' && resolve());
    worker.once('exit', () => resolve());
    setTimeout(resolve, 10_000).unref();
  });
  worker.postMessage('close');
  await closed;
  await worker.terminate();
}
