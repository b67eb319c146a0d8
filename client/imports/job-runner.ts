import { type ReadonlySignal, signal } from '@preact/signals';
import type { ImportRequest, Job } from '../../server/import-model.ts';
import { ApiError } from '../api.ts';
import { cancelJob, fetchJob, startJob } from './import-requests.ts';

/** Work the page waits for: how far it is, and how it ended. */
export type RunState = {
  readonly phase: 'none' | 'running' | 'cancelling' | 'cancelled' | 'failed' | 'done';
  readonly job: Job | null;
  readonly error: string | null;
};

export type JobRunner = {
  readonly state: ReadonlySignal<RunState>;
  /** Begins, and resolves when it has ended, however it did. */
  start(request: ImportRequest): Promise<void>;
  /** Asks the service to end it; what it had done is taken back. */
  cancel(): void;
  /** Forgets what was run. */
  clear(): void;
};

const idle: RunState = { phase: 'none', job: null, error: null };
const firstPauseMilliseconds = 150;
const longestPauseMilliseconds = 1000;
/** Answers that may fail in a row before the page gives up: a connection may be lost for a moment. */
const failuresAllowed = 5;

/** Runs one trial or import at a time and follows it. */
export function createJobRunner(kind: 'trials' | 'imports'): JobRunner {
  const state = signal<RunState>(idle);
  let controller = new AbortController();

  async function start(request: ImportRequest): Promise<void> {
    controller.abort();
    controller = new AbortController();
    const { signal: abort } = controller;
    state.value = { ...idle, phase: 'running' };
    try {
      await follow(await startJob(kind, request, abort), abort);
    } catch (error) {
      if (abort.aborted) return;
      const gone = error instanceof ApiError && error.status === 404 && state.value.phase === 'cancelling';
      state.value = gone
        ? { ...idle, phase: 'cancelled' }
        : { ...state.value, phase: 'failed', error: messageOf(error) };
    }
  }

  async function follow(first: Job, abort: AbortSignal): Promise<void> {
    let job = first;
    let failures = 0;
    if (state.value.phase === 'cancelling') await cancelJob(first.job);
    for (let pause = firstPauseMilliseconds; job.state === 'running'; pause = nextPause(pause)) {
      state.value = { ...state.value, job };
      await wait(pause);
      if (abort.aborted) return;
      try {
        job = await fetchJob(job.job, abort);
        failures = 0;
      } catch (error) {
        if (abort.aborted || !isPassing(error) || ++failures > failuresAllowed) throw error;
      }
    }
    state.value = ended(job, state.value.phase === 'cancelling');
  }

  function cancel(): void {
    const { phase, job } = state.value;
    if (phase !== 'running') return;
    state.value = { ...state.value, phase: 'cancelling' };
    // Its end is seen by the one who follows it. A job whose name is not known yet is cancelled when it is.
    if (job) cancelJob(job.job).catch((error: unknown) => fail(error));
  }

  function fail(error: unknown): void {
    if (state.value.phase === 'cancelling') state.value = { ...state.value, phase: 'running', error: messageOf(error) };
  }

  return {
    state,
    start,
    cancel,
    clear() {
      controller.abort();
      state.value = idle;
    },
  };
}

/** How a job that has ended is told; one that was done before the wish to cancel it arrived is done. */
function ended(job: Job, cancelled: boolean): RunState {
  if (job.state === 'done') return { phase: 'done', job, error: null };
  return cancelled ? { phase: 'cancelled', job, error: null } : { phase: 'failed', job, error: job.error };
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'network' || error.status >= 500);
}

/** What to tell of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nextPause(pause: number): number {
  return Math.min(longestPauseMilliseconds, pause * 1.5);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
