import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL server of a test's own, which can lose its power. */
export type Cluster = {
  readonly url: string;
  /** Ends every process of the server at once, as a power failure does; nothing is written any more. */
  losePower(): void;
  /** Starts the server again, which recovers from its log. */
  start(): Promise<void>;
  remove(): void;
};

const installed = '/usr/lib/postgresql';

/** The folder of the newest server programs on this machine; null without any. */
export function serverPrograms(): string | null {
  try {
    const newest = readdirSync(installed).sort((a, b) => Number(b) - Number(a))[0];
    return newest === undefined ? null : join(installed, newest, 'bin');
  } catch {
    return null;
  }
}

/** Makes a server with empty tables of its own and starts it. */
export async function makeCluster(programs: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'hotspot-cluster-'));
  const data = join(folder, 'data');
  const port = await freePort();
  // the server refuses to run as root
  const asServer = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  const run = (program: string, ...words: string[]) => [...asServer, join(programs, program), ...words];
  if (asServer.length > 0) spawnSync('chown', ['postgres', folder]);
  chmodSync(folder, 0o700);
  const [command, ...words] = run('initdb', '-D', data, '-U', 'hotspot', '-A', 'trust', '-E', 'UTF8');
  const made = spawnSync(command!, words, { encoding: 'utf8', cwd: '/' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const url = `postgres://hotspot@127.0.0.1:${port}/postgres`;
  const cluster: Cluster = {
    url,
    losePower() {
      const first = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]!;
      const children = spawnSync('ps', ['-o', 'pid=', '--ppid', first], { encoding: 'utf8' }).stdout.split(/\s+/);
      spawnSync('kill', ['-9', first, ...children.filter((pid) => pid !== '')]);
    },
    async start() {
      const options = ['-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
      const [server, ...rest] = run('postgres', '-D', data, ...options);
      spawn(server!, rest, { stdio: 'ignore', cwd: '/' });
      await answering(url);
    },
    remove() {
      cluster.losePower();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await cluster.start();
  return cluster;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 300) throw error;
      await sleep(100);
    }
  }
}
