import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Held in a variable, so that the project compiles where it is not installed. */
const packageName: string = '@duckdb/node-api';
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The little of DuckDB that is used here. */
export type DuckDb = {
  runAndReadAll(sql: string): Promise<{ getColumns(): unknown[][] }>;
  closeSync(): void;
};
type DuckDbModule = { readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<DuckDb> }> } };

/** An empty DuckDB database in memory; its package is installed under bench/ at the first use. */
export async function openDuckDb(): Promise<DuckDb> {
  if (!isInstalled()) install();
  const { DuckDBInstance } = (await import(packageName)) as DuckDbModule;
  const instance = await DuckDBInstance.create(':memory:');
  return instance.connect();
}

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve(packageName);
    return true;
  } catch {
    return false;
  }
}

function install(): void {
  console.log(`${packageName}: installed under bench/ for this and later runs`);
  const words = 'install --prefix bench --no-package-lock --no-audit --no-fund --ignore-scripts'.split(' ');
  const { status, stderr } = spawnSync('npm', words, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${packageName} could not be installed: ${stderr}`);
}
