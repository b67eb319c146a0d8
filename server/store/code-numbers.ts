import { sql } from './sql.ts';
import type { SharedConnection } from './take-turns.ts';

type Coded = { readonly category: string; readonly flags: readonly string[] };

/** Small numbers that stand for category codes and combinations of flags. */
export type CodeNumbers = {
  /** Gives numbers to what is new in these rows. */
  learn(rows: readonly Coded[]): Promise<void>;
  category(code: string): number;
  flagSet(flags: readonly string[]): number;
};

/** The numbers given out so far; new ones are made as new codes are met. */
export async function readCodeNumbers(connection: SharedConnection): Promise<CodeNumbers> {
  const categories = new Map<string, number>();
  const flagSets = new Map<string, number>();
  const keyOf = (flags: readonly string[]) => (flags.length === 0 ? '' : flags.join('\u0000'));
  for (const { id, code } of (await connection.query<{ id: number; code: string }>(sql('list-categories'))).rows)
    categories.set(code, id);
  for (const { id, flags } of (await connection.query<{ id: number; flags: string[] }>(sql('list-flag-sets'))).rows)
    flagSets.set(keyOf(flags), id);
  const insertedId = async (name: string, value: string | readonly string[]) =>
    (await connection.query<{ id: number }>(sql(name), [value])).rows[0]!.id;
  return {
    async learn(rows) {
      for (const { category, flags } of rows) {
        if (!categories.has(category)) categories.set(category, await insertedId('insert-category', category));
        const key = keyOf(flags);
        if (!flagSets.has(key)) flagSets.set(key, await insertedId('insert-flag-set', flags));
      }
    },
    category: (code) => categories.get(code)!,
    flagSet: (flags) => flagSets.get(keyOf(flags))!,
  };
}
