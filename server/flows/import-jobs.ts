import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { NotFoundError } from '../errors.ts';
import type { ImportSummary, Job } from '../import-model.ts';
import type { ImportWork, WorkMessage, WorkResult } from './import-work.ts';
import { createWorkThreads } from './work-threads.ts';

/** Trial runs and imports that pages wait for: one of each kind at a time, the others in line. */
export type ImportJobs = {
  /** Puts work in line; a trial run takes the place of earlier ones of the same upload. */
  begin(work: ImportWork): Job;
  find(id: string): Job;
  /** Makes ready for work that is to come: somebody has sent a file. */
  warm(): void;
  /** Calls a job off and tells what became of it: an import that was in already stays. */
  cancel(id: string): Promise<Job>;
  /** Calls everything off, for a service that is to end. */
  stop(): Promise<void>;
};

export type JobSurroundings = {
  /** Told what went wrong and is nobody's fault but ours. */
  readonly report: (error: Error) => void;
  /** The version of the data that is served. */
  readonly served: () => number;
  readonly readImport: (id: number) => Promise<ImportSummary>;
};

type Entry = {
  readonly work: ImportWork;
  job: Job;
  worker: Worker | null;
  cancelled: boolean;
  readonly ended: Promise<void>;
  readonly end: () => void;
};

const longestLine = 50;
const mostRemembered = 200;
/** How long an import that was called off may take to undo what it has written until its asker is told to wait. */
const cancelPatience = 3_000;
/** How long, when the service is to end. */
const stopPatience = 10_000;
const mostRowsToReuse = 500_000;
/** How long a job waits for the map to show what it brought. */
const servingPatience = 10 * 60_000;

/** Starts with nothing to do. */
export function createImportJobs(surroundings: JobSurroundings): ImportJobs {
  const entries = new Map<string, Entry>();
  const threads = createWorkThreads();

  const find = (id: string): Entry => {
    const entry = entries.get(id);
    if (!entry) throw new NotFoundError('there is no such job; a service that was started anew has forgotten it');
    return entry;
  };
  const unended = (kind?: ImportWork['kind']) =>
    [...entries.values()].filter(({ job, work }) => job.state === 'running' && (!kind || work.kind === kind));

  /** Starts the next in line, if none of its kind is under way. */
  const next = (kind: ImportWork['kind']) => {
    const line = unended(kind);
    if (line.some(({ worker }) => worker)) return;
    const first = line.find(({ cancelled }) => !cancelled);
    if (!first) return;
    const worker = threads.take(first.work);
    first.worker = worker;
    runWork(first, worker, surroundings)
      .then(async (isReusable) => {
        if (isReusable) threads.keep(worker);
        else await worker.terminate();
      })
      .catch((error: Error) => surroundings.report(error))
      .finally(() => {
        first.worker = null;
        first.end();
        next(kind);
      });
  };
  const cancel = async (entry: Entry, end = endWorker) => {
    if (entry.job.state !== 'running') return;
    entry.cancelled = true;
    if (entry.worker) return end(entry, entry.worker);
    fail(entry, calledOff);
    entry.end();
  };

  return {
    begin(work) {
      if (unended().length >= longestLine) throw tooMany();
      for (const former of unended('trial')) {
        if (work.kind === 'trial' && former.work.upload === work.upload) void cancel(former);
      }
      const entry = newEntry(work);
      entries.set(entry.job.job, entry);
      forgetOldest(entries);
      next(work.kind);
      return entry.job;
    },
    warm: threads.warm,
    find: (id) => find(id).job,
    async cancel(id) {
      await cancel(find(id));
      return find(id).job;
    },
    async stop() {
      await Promise.all(unended().map((entry) => cancel(entry, stopWorker)));
      await threads.end();
    },
  };
}

function newEntry(work: ImportWork): Entry {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const id = randomBytes(16).toString('hex');
  const job: Job = { job: id, state: 'running', rowsRead: 0, share: null, error: null, trial: null, import: null };
  return { work, job, worker: null, cancelled: false, ended, end };
}

/** Sees a job to its end; true if its thread can be given the next. */
async function runWork(entry: Entry, worker: Worker, surroundings: JobSurroundings): Promise<boolean> {
  const result = await resultOf(entry, worker);
  if ('error' in result) {
    failWith(entry, result, surroundings);
    return result.known && !entry.cancelled;
  }
  if (result.kind === 'tried') finish(entry, { trial: result.trial, rowsRead: result.trial.rowsRead });
  else await showImport(entry, result, surroundings);
  // after millions of rows a new thread is smaller than the old one
  return entry.job.rowsRead < mostRowsToReuse;
}

/** An import is done when the map shows it. */
async function showImport(entry: Entry, { importId, version }: Imported, surroundings: JobSurroundings) {
  try {
    const summary = await surroundings.readImport(importId);
    entry.job = { ...entry.job, rowsRead: summary.rowsRead, share: 1 };
    await untilServed(version, surroundings.served);
    finish(entry, { import: summary });
  } catch (error) {
    fail(entry, inButHidden);
    throw error;
  }
}

type Imported = Extract<WorkResult, { kind: 'imported' }>;
type Failure = { readonly error: string; readonly known: boolean };

/** What the thread says last of a piece of work; one that ends without a word has failed. */
function resultOf(entry: Entry, worker: Worker): Promise<WorkResult | Failure> {
  return new Promise((resolve) => {
    const settle = (result: WorkResult | Failure) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      // whatever comes of the thread from now on is no longer of this job
      worker.on('error', () => {});
      resolve(result);
    };
    const onMessage = (message: WorkMessage) => {
      if (message.kind === 'progress') {
        entry.job = { ...entry.job, rowsRead: message.rowsRead, share: message.share };
      } else if (message.kind === 'failed') settle({ error: message.message, known: message.known });
      else settle(message);
    };
    const onError = (error: Error) => settle({ error: String(error.stack ?? error), known: false });
    const onExit = (code: number) => settle({ error: `the importing thread ended with code ${code}`, known: false });
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

function failWith(entry: Entry, { error, known }: Failure, { report }: JobSurroundings): void {
  if (!known && !entry.cancelled) report(new Error(error));
  fail(entry, entry.cancelled ? calledOff : known ? error : ourFault);
}

const calledOff = 'This was called off; nothing was stored.';
const ourFault = 'The service failed to do this, and nothing was stored; its log says why.';
const inButHidden = 'The file is in, but the service failed to show it; its log says why.';

function fail(entry: Entry, error: string): void {
  entry.job = { ...entry.job, state: 'failed', error };
}

function finish(entry: Entry, result: Partial<Job>): void {
  entry.job = { ...entry.job, ...result, state: 'done', share: 1 };
}

async function untilServed(version: number, served: () => number): Promise<void> {
  for (const end = Date.now() + servingPatience; served() < version && Date.now() < end; ) await sleep(20);
}

/**
 * A trial run has nothing to undo. An import gets time to; its thread is ended only while it waits for its turn at the
 * database, since nothing else is known to be undone then. One that goes on tells what became of it when it ends.
 */
async function endWorker(entry: Entry, worker: Worker): Promise<void> {
  if (entry.work.kind === 'trial') return endNow(entry, worker);
  worker.postMessage('cancel');
  await Promise.race([entry.ended, sleep(cancelPatience)]);
  if (entry.job.state === 'running' && entry.job.rowsRead === 0) await endNow(entry, worker);
}

/** The database undoes what a connection has not committed when it is gone. */
async function stopWorker(entry: Entry, worker: Worker): Promise<void> {
  worker.postMessage('cancel');
  await Promise.race([entry.ended, sleep(stopPatience, undefined, { ref: false })]);
  await endNow(entry, worker);
}

async function endNow({ ended }: Entry, worker: Worker): Promise<void> {
  await worker.terminate();
  await ended;
}

function forgetOldest(entries: Map<string, Entry>): void {
  for (const [id, { job }] of entries) {
    if (entries.size <= mostRemembered) return;
    if (job.state !== 'running') entries.delete(id);
  }
}

function tooMany(): Error {
  const message = `${longestLine} files are waiting already; try again when some of them are in`;
  return Object.assign(new Error(message), { statusCode: 429 });
}
