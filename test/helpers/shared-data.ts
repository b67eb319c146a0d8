import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** The path of a file of the published data that lies beside the project; it is not part of it. */
export function sharedData(path: string): string {
  return `${folder}${path}`;
}

/** A `describe` over published data: where the data is absent it is skipped, and a line says so. */
export function describeWithSharedData(name: string, define: () => void): void {
  if (existsSync(folder)) {
    describe(name, define);
    return;
  }
  process.stderr.write(`SKIPPED "${name}": it needs the published data in ${folder}, which is not there.\n`);
  describe.skip(name, define);
}
