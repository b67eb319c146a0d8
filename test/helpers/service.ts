import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../../server/app.ts';
import { followChanges } from '../../server/flows/follow-changes.ts';
import { openIntake } from '../../server/flows/open-intake.ts';
import { taxonomyFolder } from '../../server/folders.ts';
import type { HarmIndex } from '../../server/import/harm-index.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import type { App, Service } from '../../server/service.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The whole service inside this process, without a port: `app.inject` asks it. */
export type TestService = {
  readonly app: App;
  readonly database: Database;
  /** The JSON at an address; throws unless the answer is 200. */
  get<T>(address: string): Promise<T>;
  /** Waits until the service shows what has been changed so far. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
};

/** Starts the service in this process on a database of its own, or on the one given. */
export async function testService(
  content: 'empty' | 'demo' = 'demo',
  given?: TestDatabase,
  harm: HarmIndex | null = null,
): Promise<TestService> {
  const options = given ?? (await freshDatabase(content));
  const database = await openDatabase({ ...options, role: 'service' });
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  const follower = await followChanges(database, (error) => console.error(error));
  const intake = openIntake({
    ...options,
    taxonomy,
    database: () => database,
    served: () => follower.current().columns.version,
    report: (error) => console.error(error),
  });
  const service: Service = { database, taxonomy, harm, intake, holdings: follower.current };
  const app = await buildApp(service, { logLevel: 'error' });
  return {
    app,
    database,
    async get(address) {
      const response = await app.inject(address);
      if (response.statusCode !== 200) throw new Error(`${address} answered ${response.statusCode}: ${response.body}`);
      return response.json();
    },
    caughtUp: () => follower.caughtUp(),
    async close() {
      await app.close();
      await intake.stop();
      await follower.stop();
      await database.close();
      if (!given) await options.remove();
    },
  };
}

/** The service as a process of its own, as `npm start` runs it. */
export type RunningService = {
  readonly url: string;
  readonly output: () => string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

/** Starts the real service with the demo on a free port, for a browser. */
export async function startService(given?: TestDatabase, environment: NodeJS.ProcessEnv = {}): Promise<RunningService> {
  const options = given ?? (await freshDatabase('demo'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { ...process.env, ...environmentOf(options), PORT: '0', ...environment },
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const ready = /Ready .*(http:\S+)/.exec(output);
      if (ready) resolve(ready[1]!);
    });
    exited.then(() => reject(new Error(`the service ended before it was ready:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = await exited;
      if (!given) await options.remove();
      return code;
    },
  };
}

/** The settings that make a process of its own use a test's database. */
function environmentOf({ databaseUrl, dataDirectory }: TestDatabase): NodeJS.ProcessEnv {
  return { DATABASE_URL: databaseUrl ?? '', HOTSPOT_DATA_DIR: dataDirectory };
}

/** What a command of the command line printed, and how it ended. */
export type CommandResult = { readonly code: number | null; readonly output: string; readonly errors: string };

/** Runs `npm run hotspot -- …` as a process of its own; `onStart` gets the process, to kill it for instance. */
export async function runCommand(
  options: TestDatabase,
  words: readonly string[],
  more: { readonly input?: string | Buffer; readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void } = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli.ts', ...words], {
    cwd: root,
    env: { ...process.env, ...environmentOf(options) },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  child.stdin.end(more.input ?? '');
  more.onStart?.((signal) => child.kill(signal));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}
