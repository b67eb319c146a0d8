/**
 * A thread that does trial runs and imports, one after another, with a connection of its own, so that nothing the
 * service answers waits for them. The message `cancel` ends what is under way: nothing of an import is kept then.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, threadId } from 'node:worker_threads';
import { InputError, StartupError } from '../errors.ts';
import { taxonomyFolder } from '../folders.ts';
import { rejectsPath } from '../import/rejects-path.ts';
import { loadTaxonomy } from '../import/taxonomy.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { readImportHash } from '../store/status.ts';
import { readVersion } from '../store/versions.ts';
import { importFile } from './import-file.ts';
import { CancelledError, type ImportWork, type WorkMessage, type WorkResult } from './import-work.ts';
import { prepareLocate } from './prepare-locate.ts';
import { type TrialOptions, tryImport } from './try-import.ts';

const say = (message: WorkMessage) => parentPort?.postMessage(message);
const progressEvery = 100;
let cancelled = false;
let lastSaid = 0;

/** Tells how far it is; throws when nobody wants it any more. */
function onProgress({ rowsRead, bytesRead, bytesTotal }: Progress): void {
  if (cancelled) throw new CancelledError('cancelled');
  if (Date.now() - lastSaid < progressEvery) return;
  lastSaid = Date.now();
  say({ kind: 'progress', rowsRead, share: bytesTotal ? Math.min(1, bytesRead / bytesTotal) : null });
}

type Progress = { readonly rowsRead: number; readonly bytesRead: number; readonly bytesTotal: number | null };

async function doWork(work: ImportWork): Promise<WorkResult> {
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  const { profile, reading } = work;
  const now = new Date().toLocaleString('sv-SE', { timeZone: profile.timeZone }).replace(' ', 'T');
  const options = { profile, taxonomy, now, reading, onProgress };
  if (cancelled) throw new CancelledError('cancelled');
  return work.kind === 'trial' ? tryUpload(work, options) : importUpload(work, options);
}

/** A trial run asks the database only where postcodes and streets lie: without them it waits for no import. */
async function tryUpload(work: ImportWork, options: TrialOptions): Promise<WorkResult> {
  const { path, fileName, profile } = work;
  const asks = profile.places.some(({ system }) => system === 'postcode' || system === 'street');
  const lookUp = asks ? await withDatabase(work, (database) => prepareLocate(database, profile)) : undefined;
  const trial = await tryImport(path, fileName, { ...options, ...(lookUp && { lookUp }) });
  return { kind: 'tried', trial };
}

async function importUpload(work: ImportWork, options: TrialOptions): Promise<WorkResult> {
  const { path, fileName, dataDirectory } = work;
  const reports = join(dataDirectory, 'reports');
  await mkdir(reports, { recursive: true, mode: 0o700 });
  const unfinished = join(reports, `unfinished-${process.pid}-${threadId}.rejects.csv`);
  const importOptions = { ...options, importedBy: 'import page', rejectsPath: unfinished };
  try {
    return await withDatabase(work, async (database) => {
      const { importId, rejectsFile } = await importFile(database, path, fileName, importOptions);
      if (rejectsFile) await keepRejects(database, importId, rejectsFile, dataDirectory);
      return { kind: 'imported', importId, version: await database.read(readVersion) };
    });
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function withDatabase<T>(work: ImportWork, use: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDirectory } = work;
  const database = await openDatabase({ databaseUrl, dataDirectory, role: 'command' });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** Under the number of the import, where the service looks for it. */
async function keepRejects(database: Database, importId: number, path: string, dataDirectory: string): Promise<void> {
  const sha256 = await database.read((client) => readImportHash(client, importId));
  if (sha256) await rename(path, rejectsPath(dataDirectory, importId, sha256));
}

function failure(error: Error): WorkMessage {
  const known = error instanceof InputError || error instanceof StartupError || error instanceof CancelledError;
  return { kind: 'failed', message: known ? error.message : String(error.stack ?? error), known };
}

parentPort?.on('message', (message: ImportWork | 'cancel') => {
  cancelled = message === 'cancel';
  if (message !== 'cancel') doWork(message).then(say, (error: Error) => say(failure(error)));
});
