import { importPackage } from '../packages.ts';

/** The little of DuckDB that is used here. */
export type DuckDb = {
  runAndReadAll(sql: string): Promise<{ getColumns(): unknown[][] }>;
  closeSync(): void;
};
type DuckDbModule = { readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<DuckDb> }> } };

/** An empty DuckDB database in memory. */
export async function openDuckDb(): Promise<DuckDb> {
  const { DuckDBInstance } = await importPackage<DuckDbModule>('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  return instance.connect();
}
