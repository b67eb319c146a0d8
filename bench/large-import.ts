import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { type BenchDatabase, clevelandFiles, serverDatabase } from './cleveland.ts';
import { hasNationalPoints, writeDerivedStreet } from './derived-street.ts';
import { runProcess } from './run-process.ts';

const smallerRows = 500_000;
const largerRows = 5_000_000;

/**
 * Import of a file of five million derived rows on PostgreSQL, wards included: rows a second without the start of the
 * process, against a bare COPY of the same rows, and the memory it takes against a file of half a million.
 */
export async function benchLargeImport(): Promise<void> {
  const input = clevelandFiles();
  if (!input || !hasNationalPoints()) {
    return console.log('large import: not measured, the shared data are not beside the project');
  }
  const database = await serverDatabase();
  if (!database) return console.log('large import: not measured, HOTSPOT_TEST_DATABASE_URL is not set');
  const folder = mkdtempSync(join(tmpdir(), 'hotspot-bench-large-'));
  try {
    const smaller = await importDerived(database, input.wards, folder, smallerRows);
    const larger = await importDerived(database, input.wards, folder, largerRows);
    console.log(
      `large import: ${Math.round((larger.peak / smaller.peak) * 100)} % of the memory for ten times the rows`,
    );
    const bareSeconds = await copyBare(database, join(folder, 'incident.copy'));
    const ratio = (larger.seconds / bareSeconds).toFixed(2);
    console.log(
      `large import: bare COPY of the same rows ${bareSeconds.toFixed(1)} s, ${Math.round(largerRows / bareSeconds)} rows/s; the import takes ${ratio} times that`,
    );
  } finally {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Empties the database, loads the wards and imports a derived file of so many rows in a process of its own. */
async function importDerived(database: BenchDatabase, wards: string, folder: string, rows: number) {
  const path = join(folder, `${rows}.csv`);
  await writeDerivedStreet(path, rows);
  await succeed('cli.ts', ['reset', '--yes'], database);
  await succeed('cli.ts', ['areas', wards, '--layer', 'ward'], database);
  const run = await succeed('../bench/import-child.ts', [path], database);
  const { added, seconds } = JSON.parse(run.output()) as { added: number; seconds: number };
  const peak = run.peakBytes() / 2 ** 20;
  console.log(
    `large import: ${added} derived rows in ${seconds.toFixed(1)} s: ${Math.round(added / seconds)} rows/s, peak ${Math.round(peak)} MiB`,
  );
  rmSync(path);
  return { seconds, peak };
}

async function succeed(script: string, words: readonly string[], { environment }: BenchDatabase) {
  const run = runProcess(script, words, environment);
  if ((await run.ended) !== 0) throw new Error(run.output());
  return run;
}

/** Seconds of a plain COPY, in text, of all incidents into an empty table with the same indexes. */
async function copyBare({ environment }: BenchDatabase, path: string): Promise<number> {
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  try {
    await pipeline(client.query(copyTo('copy incident to stdout')), createWriteStream(path));
    await client.query('create table bare (like incident including all)');
    const began = performance.now();
    await pipeline(createReadStream(path), client.query(copyFrom('copy bare from stdin')));
    return (performance.now() - began) / 1000;
  } finally {
    await client.end();
  }
}
