/**
 * `npm run bench [-- part …]`: measures, prints, never asserts. Figures of one run are to be compared with one another,
 * not with those of another machine or another day.
 */
import { cpus, totalmem } from 'node:os';
import { benchImport } from './import.ts';
import { benchServe } from './serve.ts';
import { benchStatistics } from './statistics.ts';

const parts: Readonly<Record<string, () => Promise<void> | void>> = {
  import: benchImport,
  serve: benchServe,
  statistics: benchStatistics,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in parts));
if (unknown) {
  console.error(`there is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
console.log(
  `Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
for (const [name, run] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  await run();
}
