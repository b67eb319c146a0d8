import { Worker } from 'node:worker_threads';

/** Runs a TypeScript module in a worker thread; Node 20's threads know no TypeScript until tsx is registered in them. */
export function startThread(module: URL, workerData: unknown): Worker {
  const bootstrap = `
    import('tsx/esm/api').then(({ register }) => {
      register();
      return import(${JSON.stringify(module.href)});
    });`;
  return new Worker(bootstrap, { eval: true, workerData, execArgv: [] });
}
