import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';

/** Makes something in a folder once for all test files of a run: the first asker makes it, the others wait. */
export async function onceARun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject('runFolder'), name);
  const done = `${folder}.done`;
  try {
    mkdirSync(folder);
  } catch {
    while (!existsSync(done)) {
      if (existsSync(`${folder}.failed`)) throw new Error(`making "${name}" failed in another test file`);
      await sleep(100);
    }
    return folder;
  }
  try {
    await make(folder);
    writeFileSync(done, '');
  } catch (error) {
    writeFileSync(`${folder}.failed`, String(error));
    throw error;
  }
  return folder;
}
