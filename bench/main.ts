/**
 * `npm run bench [-- part …]`: measures, prints, never asserts. Figures of one run are to be compared with one another,
 * not with those of another machine or another day. Parts with a section in docs/performance.md write it anew; the word
 * `report` only writes the page, and `fresh` makes the databases anew that are kept from run to run.
 */
import { benchImport } from './import.ts';
import { machine, writeReport } from './report/results.ts';
import { benchGrowth } from './scale/growth.ts';
import { benchLoad } from './scale/load.ts';
import { benchScale } from './scale/scale.ts';
import { benchServe } from './serve.ts';
import { benchBrowser } from './serving/browser.ts';
import { benchHerd } from './serving/herd.ts';
import { benchTiles } from './serving/tiles.ts';
import { benchWaits } from './serving/waits.ts';
import { benchStatistics } from './statistics.ts';

const parts: Readonly<Record<string, (fresh: boolean) => Promise<void> | void>> = {
  import: benchImport,
  serve: benchServe,
  statistics: benchStatistics,
  scale: benchScale,
  load: benchLoad,
  growth: benchGrowth,
  tiles: benchTiles,
  herd: benchHerd,
  waits: benchWaits,
  browser: benchBrowser,
  report: writeReport,
};

const words = process.argv.slice(2);
const fresh = words.includes('fresh');
const asked = words.filter((word) => word !== 'fresh');
const unknown = asked.find((name) => !(name in parts));
if (unknown) {
  console.error(`there is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
console.log(`Node ${process.version}, ${machine}`);
for (const [name, run] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  await run(fresh);
}
