import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../server/statistics/random.ts';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import type { Said } from '../helpers/import-until-killed.ts';

/** The whole hundred takes some minutes: CI runs it, a developer's run takes a sample unless told otherwise. */
const kills = Number(process.env.HOTSPOT_TEST_KILLS ?? 10);
const rowsInFile = 4_000;
const script = fileURLToPath(new URL('../helpers/import-until-killed.ts', import.meta.url));

let options: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotspot-kills-'));
  options = await freshDatabase();
});
afterAll(async () => {
  await options?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A month's file of incidents, a third of them with an id. */
function writeFile(number: number): string {
  const path = join(folder, `${number}.csv`);
  const month = `${2000 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
  const lines = Array.from({ length: rowsInFile }, (_, row) => {
    const id = row % 3 === 0 ? `${number}-${row}` : '';
    return `${id},asb.nuisance,${month}-${String((row % 28) + 1).padStart(2, '0')},${54.6 + (row % 97) / 1000},${-1.2 - (row % 31) / 1000},Street ${row % 301}`;
  });
  writeFileSync(path, `id,category,occurred_from,lat,lng,location\n${lines.join('\n')}\n`);
  return path;
}

/** Runs an import and kills it so many milliseconds after it began; Infinity lets it end. */
async function importUntilKilled(path: string, killAfter: number) {
  const { databaseUrl, dataDirectory } = options;
  const child = spawn(process.execPath, [
    '--import',
    'tsx',
    script,
    JSON.stringify({ databaseUrl, dataDirectory }),
    path,
  ]);
  const ended = once(child, 'exit');
  const said: Said[] = [];
  let errors = '';
  let began = 0;
  let took: number | null = null;
  child.stderr.on('data', (data) => (errors += data));
  for await (const line of createInterface({ input: child.stdout })) {
    const what = JSON.parse(line) as Said;
    said.push(what);
    if (what.kind === 'importing') {
      began = performance.now();
      if (Number.isFinite(killAfter)) setTimeout(() => child.kill('SIGKILL'), killAfter);
    }
    if (what.kind === 'done') took = performance.now() - began;
  }
  await ended;
  const held = said.find((what) => what.kind === 'held');
  if (!held) throw new Error(`the database did not open again: ${errors}`);
  return { held, took };
}

describe(`imports that are killed, on ${databaseKind}`, () => {
  it(`are there whole or not at all, whenever the process ends: ${kills} kills`, async () => {
    const random = createRandom(20);
    // what the first takes tells over which stretch of time the kills are to fall
    const first = await importUntilKilled(writeFile(0), Number.POSITIVE_INFINITY);
    let stretch = first.took! * 1.2;
    let [number, completed, broken] = [1, 0, 0];
    const whole = new Set([join(folder, '0.csv')]);
    for (let kill = 0; kill < kills; kill++) {
      const path = writeFile(number);
      const { held, took } = await importUntilKilled(path, random.uniform() * stretch);
      expect(held.broken, `before kill ${kill + 1}`).toEqual([]);
      // nothing lost, nothing doubled: each file that is there is there with all its rows
      for (const [name, count] of Object.entries(held.files)) expect([name, count]).toEqual([name, rowsInFile]);
      for (const name of whole) expect(Object.keys(held.files)).toContain(name);
      if (took === null) broken++;
      else {
        completed++;
        whole.add(path);
        number++;
        stretch = (stretch + took * 1.2) / 2;
      }
    }
    // a file that was cut off goes in afterwards as if nothing had been
    const last = await importUntilKilled(writeFile(number), Number.POSITIVE_INFINITY);
    expect(last.took).not.toBeNull();
    const { held } = await importUntilKilled('', Number.POSITIVE_INFINITY);
    expect(held.broken).toEqual([]);
    expect(Object.keys(held.files).length).toBe(number + 1);
    console.log(`killed ${kills} times: ${broken} imports were cut off, ${completed} were done before`);
    expect(broken).toBeGreaterThan(kills / 4);
  }, 1_800_000);
});
