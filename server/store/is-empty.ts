import type { PoolClient } from 'pg';
import { sql } from './sql.ts';

/** Whether the database holds neither incidents nor areas. */
export async function isEmpty(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ empty: boolean }>(sql('is-empty'));
  return rows[0]!.empty;
}
