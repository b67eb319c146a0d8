/** Makes the numbers of docs/reading-the-statistics.md anew, from the service on a demo of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../server/app.ts';
import { fillDemo } from '../server/flows/fill-demo.ts';
import { followChanges } from '../server/flows/follow-changes.ts';
import { openIntake } from '../server/flows/open-intake.ts';
import { taxonomyFolder } from '../server/folders.ts';
import { loadTaxonomy } from '../server/import/taxonomy.ts';
import { openDatabase } from '../server/store/database.ts';
import { endThreads } from '../server/threads.ts';
import { fillPage, type Get } from './fill-reading-the-statistics.ts';

const page = new URL('../docs/reading-the-statistics.md', import.meta.url);
const dataDirectory = mkdtempSync(join(tmpdir(), 'hotspot-docs-'));
const database = await openDatabase({ databaseUrl: undefined, dataDirectory, role: 'service' });
const taxonomy = await loadTaxonomy(taxonomyFolder);
await fillDemo(database, taxonomy);
const follower = await followChanges(database, (error) => console.error(error));
const intake = openIntake({
  databaseUrl: undefined,
  dataDirectory,
  taxonomy,
  database: () => database,
  served: () => follower.current().columns.version,
  report: console.error,
});
const service = { database, taxonomy, harm: null, intake, holdings: follower.current };
const app = await buildApp(service, { logLevel: 'error' });
const get: Get = async (address) => {
  const answer = await app.inject(address);
  if (answer.statusCode !== 200) throw new Error(`${address} answered ${answer.statusCode}: ${answer.body}`);
  return answer.json();
};
writeFileSync(page, await fillPage(readFileSync(page, 'utf8'), get));
console.log('docs/reading-the-statistics.md holds the numbers of the demo as they are now.');
await app.close();
await intake.stop();
await follower.stop();
await database.close();
await endThreads();
rmSync(dataDirectory, { recursive: true, force: true });
