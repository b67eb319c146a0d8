/**
 * The embedded database: PostGIS compiled to WebAssembly, in this worker thread, behind a PostgreSQL socket.
 * The rest of the program talks to it with `pg`, as to any other server.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** What the main thread hands over: where the data lie, and the socket path or port to listen at. */
export type EmbeddedOptions = { readonly directory: string; readonly path?: string; readonly port?: number };

/** What the worker tells the main thread. */
export type EmbeddedMessage =
  | { readonly kind: 'ready'; readonly port: number | null }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'committed' }
  | { readonly kind: 'closed' };

const say = (message: EmbeddedMessage) => parentPort?.postMessage(message);

async function open(options: EmbeddedOptions) {
  const database = await PGlite.create({ dataDir: options.directory, extensions: { postgis } });
  tellOfCommits(database);
  answerErrorsOnce(database);
  const address = options.path ? { path: options.path } : { host: '127.0.0.1', port: options.port ?? 0 };
  const server = new PGLiteSocketServer({ db: database, ...address, maxConnections: 16 });
  await server.start();
  parentPort?.once('message', async () => {
    await server.stop().catch(() => {});
    await database.close().catch(() => {});
    say({ kind: 'closed' });
  });
  say({ kind: 'ready', port: options.path ? null : Number(server.getServerConn().split(':').at(-1)) });
}

/** All connections share one session here, so NOTIFY reaches only who sent it: watch for the commits themselves. */
function tellOfCommits(database: PGlite): void {
  const execute = database.execProtocolRawStream.bind(database);
  database.execProtocolRawStream = async (message, options) => {
    await execute(message, options);
    if (isCommit(message)) say({ kind: 'committed' });
  };
}

/**
 * PGlite says that it is ready after an error in an extended query, and again at the Sync that follows; a client takes
 * the second for the answer to its next question. Only Sync may say it.
 */
function answerErrorsOnce(database: PGlite): void {
  const execute = database.execProtocolRawStream.bind(database);
  database.execProtocolRawStream = async (message, options) => {
    const send = options?.onRawData;
    if (!send || !extendedQuery.has(message[0]!)) return execute(message, options);
    // ready-for-query is the last six bytes of an answer, if it is there: they are held back until the end is known
    let end = new Uint8Array();
    await execute(message, {
      ...options,
      onRawData(data) {
        const all = data.length >= readyLength ? data : Buffer.concat([end, data]);
        if (all === data && end.length > 0) send(end);
        const kept = Math.max(0, all.length - readyLength);
        if (kept > 0) send(all.subarray(0, kept));
        end = all.slice(kept);
      },
    });
    if (end.length > 0 && !isReady(end)) send(end);
  };
}

/** Parse, Bind, Describe, Execute, Close and Flush. */
const extendedQuery = new Set(Array.from('PBDECH', (letter) => letter.charCodeAt(0)));
const readyLength = 6;

/** `Z`, four bytes of length (5), and the state of the transaction. */
function isReady(bytes: Uint8Array): boolean {
  return bytes.length === readyLength && Buffer.from(bytes).toString('latin1', 0, 5) === 'Z\0\0\0\x05';
}

/** A simple-query message (`Q`, four bytes of length, text, NUL) that says commit. */
function isCommit(message: Uint8Array): boolean {
  return message.length === 12 && Buffer.from(message).toString('latin1', 5, 11) === 'commit';
}

open(workerData as EmbeddedOptions).catch((error: unknown) =>
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
);
