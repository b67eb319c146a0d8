import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createRandom } from '../../server/statistics/random.ts';
import type { DatabaseOptions } from '../../server/store/database.ts';
import type { Said } from './import-until-killed.ts';

const rowsInFile = 4_000;
const script = fileURLToPath(new URL('./import-until-killed.ts', import.meta.url));

export type Interruptions = {
  readonly options: Omit<DatabaseOptions, 'role'>;
  /** Where files to import are written. */
  readonly folder: string;
  readonly times: number;
  /** Ends an import at once; without it the importing process is killed. */
  readonly interrupt?: (importing: ChildProcess) => void;
  /** Makes ready for the next import what the interruption broke. */
  readonly mend?: () => Promise<void>;
};

/**
 * Interrupts imports at random moments, and holds what is found afterwards to the invariants: no half import, nothing
 * doubled, every import that was done still there with all its rows. Gives how many were cut off.
 */
export async function interruptImports({ options, folder, times, interrupt, mend }: Interruptions): Promise<number> {
  const random = createRandom(20);
  const file = (number: number) => writeFile(folder, number);
  const run = (path: string, after: number) => importInterrupted(options, path, after, interrupt);
  // what the first takes tells over which stretch of time the interruptions are to fall
  const first = await run(file(0), Number.POSITIVE_INFINITY);
  let stretch = first.took! * 1.2;
  let [number, broken] = [1, 0];
  const whole = new Set([join(folder, '0.csv')]);
  for (let time = 0; time < times; time++) {
    const path = file(number);
    const { held, took } = await run(path, random.uniform() * stretch);
    expect(held.broken, `before interruption ${time + 1}`).toEqual([]);
    for (const [name, count] of Object.entries(held.files)) expect([name, count]).toEqual([name, rowsInFile]);
    for (const name of whole) expect(Object.keys(held.files)).toContain(name);
    await mend?.();
    if (took === null) broken++;
    else {
      whole.add(path);
      number++;
      stretch = (stretch + took * 1.2) / 2;
    }
  }
  // a file that was cut off goes in afterwards as if nothing had been
  const last = await run(file(number), Number.POSITIVE_INFINITY);
  expect(last.took).not.toBeNull();
  const { held } = await run('', Number.POSITIVE_INFINITY);
  expect(held.broken).toEqual([]);
  expect(Object.keys(held.files).length).toBe(number + 1);
  return broken;
}

/** A month's file of incidents, a third of them with an id. */
function writeFile(folder: string, number: number): string {
  const path = join(folder, `${number}.csv`);
  const month = `${2000 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
  const lines = Array.from({ length: rowsInFile }, (_, row) => {
    const id = row % 3 === 0 ? `${number}-${row}` : '';
    return `${id},asb.nuisance,${month}-${String((row % 28) + 1).padStart(2, '0')},${54.6 + (row % 97) / 1000},${-1.2 - (row % 31) / 1000},Street ${row % 301}`;
  });
  writeFileSync(path, `id,category,occurred_from,lat,lng,location\n${lines.join('\n')}\n`);
  return path;
}

/** Runs an import and interrupts it so many milliseconds after it began; Infinity lets it end. */
async function importInterrupted(
  { databaseUrl, dataDirectory }: Interruptions['options'],
  path: string,
  after: number,
  interrupt: Interruptions['interrupt'] = (importing) => importing.kill('SIGKILL'),
) {
  const settings = JSON.stringify({ databaseUrl, dataDirectory });
  const child = spawn(process.execPath, ['--import', 'tsx', script, settings, path]);
  const ended = once(child, 'exit');
  const said: Said[] = [];
  let errors = '';
  let began = 0;
  let took: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  child.stderr.on('data', (data) => (errors += data));
  for await (const line of createInterface({ input: child.stdout })) {
    const what = JSON.parse(line) as Said;
    said.push(what);
    if (what.kind === 'importing') {
      began = performance.now();
      if (Number.isFinite(after)) timer = setTimeout(() => interrupt(child), after);
    }
    if (what.kind === 'done') took = performance.now() - began;
  }
  await ended;
  clearTimeout(timer);
  const held = said.find((what) => what.kind === 'held');
  if (!held) throw new Error(`the database did not open again: ${errors}`);
  return { held, took };
}
