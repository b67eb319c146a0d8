// Loaded into a server before its own code: tells on standard error how long its event loop was held, and until when.
import { isMainThread } from 'node:worker_threads';

const everyMilliseconds = 5;
const worthTelling = 20;

if (isMainThread) {
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    const held = now - last - everyMilliseconds;
    if (held > worthTelling) process.stderr.write(`held ${held.toFixed(1)} ms until ${Date.now()}\n`);
    last = now;
  }, everyMilliseconds).unref();
}
