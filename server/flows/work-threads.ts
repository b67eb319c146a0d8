import type { Worker } from 'node:worker_threads';
import { startThread } from '../start-thread.ts';
import type { ImportWork } from './import-work.ts';

/** Threads that try and import files. One takes a second to start, so that one is kept ready while somebody is at it. */
export type WorkThreads = {
  /** Gives work to a thread. */
  take(work: ImportWork): Worker;
  /** Keeps a thread that has done its work for the next. */
  keep(worker: Worker): void;
  /** Starts a thread before it is needed. */
  warm(): void;
  end(): Promise<void>;
};

const idleMilliseconds = 5 * 60_000;

/** Starts with no thread at all. */
export function createWorkThreads(): WorkThreads {
  let spare: Worker | null = null;
  let ending: NodeJS.Timeout | undefined;
  let ended = false;

  const takeSpare = (): Worker | null => {
    clearTimeout(ending);
    const taken = spare;
    spare = null;
    taken?.off('exit', forget).off('error', forget);
    taken?.ref();
    return taken;
  };
  const forget = () => {
    spare = null;
  };
  const endSpare = async () => void (await takeSpare()?.terminate());
  const keep = (worker: Worker) => {
    if (spare || ended) return void worker.terminate();
    spare = worker;
    // one that is idle keeps no process alive, and one that breaks is not given out
    worker.once('exit', forget).once('error', forget).unref();
    ending = setTimeout(() => void endSpare(), idleMilliseconds).unref();
  };
  const start = () => startThread(new URL('./import-thread.ts', import.meta.url), null);

  return {
    take(work) {
      const worker = takeSpare() ?? start();
      worker.postMessage(work);
      return worker;
    },
    keep,
    warm: () => void (spare || keep(start())),
    async end() {
      ended = true;
      await endSpare();
    },
  };
}
