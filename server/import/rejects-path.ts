import { join } from 'node:path';

/** Where the rejects of an import are kept: told by its number and its file's hash, since a reset starts the numbers anew. */
export function rejectsPath(dataDirectory: string, importId: number, sha256: string): string {
  return join(dataDirectory, 'reports', `import-${importId}-${sha256.slice(0, 16)}.rejects.csv`);
}
