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

/** A simple-query message (`Q`, four bytes of length, text, NUL) that says commit. */
function isCommit(message: Uint8Array): boolean {
  return message.length === 12 && Buffer.from(message).toString('latin1', 5, 11) === 'commit';
}

open(workerData as EmbeddedOptions).catch((error: unknown) =>
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
);
