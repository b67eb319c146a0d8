import { buildApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { StartupError } from './errors.ts';
import { fillDemo } from './flows/fill-demo.ts';
import { type Follower, followChanges } from './flows/follow-changes.ts';
import { openIntake } from './flows/open-intake.ts';
import { harmFolder, taxonomyFolder } from './folders.ts';
import { loadHarmIndex } from './import/harm-index.ts';
import { loadTaxonomy } from './import/taxonomy.ts';
import type { Service } from './service.ts';
import { type Database, openDatabase } from './store/database.ts';
import { endThreads, warmThreads } from './threads.ts';

/** Starts the service, telling what it does, and stops it in order on Ctrl-C and SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  const harm = await loadHarmIndex(harmFolder);
  let database: Database | undefined;
  let follower: Follower | undefined;
  const intake = openIntake({
    ...config,
    taxonomy,
    database: () => database as Database,
    served: () => follower?.current().columns.version ?? 0,
    report: (error) => app.log.error({ err: error }, 'an import failed'),
  });
  const service: Service = {
    intake,
    get database() {
      return database as Database;
    },
    taxonomy,
    harm,
    holdings: () => follower?.current(),
  };
  const app = await buildApp(service, config);
  let stopping = false;
  const stop = once(async () => {
    stopping = true;
    say('Stopping.');
    await app.close();
    await intake.stop();
    await follower?.stop();
    await database?.close();
    await endThreads();
    process.exit(0);
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  // the port first: an occupied one is told before the database takes its time
  const address = await listen(app, config);
  say(
    config.databaseUrl === undefined
      ? `Opening the embedded PostGIS in ${config.dataDirectory} (the first start takes about half a minute).`
      : 'Connecting to the PostgreSQL server of DATABASE_URL.',
  );
  database = await openDatabase({ ...config, role: 'service' });
  say(`Using ${database.description}.`);
  if (config.demo) {
    const filled = await fillDemo(database, taxonomy, () => say('Filling the empty database with the synthetic demo.'));
    if (filled) say(`The demo is in: ${filled.added.toLocaleString('en-GB')} synthetic incidents.`);
  }
  // they start while incidents are read; those that are ended meanwhile are no failure
  warmThreads().catch((error) => stopping || app.log.error({ err: error }, 'starting threads failed'));
  follower = await followChanges(database, (error) => app.log.error({ err: error }, 'following changes failed'));
  const incidents = follower.current().columns.days.length;
  say(`Ready with ${incidents.toLocaleString('en-GB')} incidents: ${address}`);
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, { host, port }: Config): Promise<string> {
  try {
    const address = await app.listen({ host, port });
    return address;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartupError(`port ${port} on ${host} is in use; stop what uses it, or set PORT to another`);
    }
    if (code === 'EACCES') throw new StartupError(`port ${port} may not be opened; set PORT to one above 1023`);
    throw new StartupError(`cannot listen on ${host}:${port}: ${message}; set HOST and PORT`, { cause: error });
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function once(work: () => Promise<void>): () => void {
  let begun = false;
  return () => {
    if (begun) return;
    begun = true;
    work().catch(fail);
  };
}

function fail(error: unknown): never {
  // what the settings or the surroundings are to blame for is one line; anything else is a bug and shows its stack
  const text = error instanceof StartupError ? `hotspot: ${error.message}` : String((error as Error).stack ?? error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

main().catch(fail);
