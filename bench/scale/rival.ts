import { millisecondsOf } from '../median.ts';
import type { NamedFilter } from './filters.ts';
import type { Resolution } from './row-table.ts';

/** One way to count incidents by cell. */
export type Rival = {
  readonly name: string;
  /** The answer: counts by the low 52 bits of the cell, without zeros. */
  count(filter: NamedFilter, resolution: Resolution): Promise<Map<number, number>>;
  /** What is to be timed: the quickest way there was to make that answer, and which it is. */
  prepare(filter: NamedFilter, resolution: Resolution): Promise<Prepared>;
  end(): Promise<void>;
};

export type Prepared = { readonly how: string; readonly work: () => unknown };

const trials = 3;
/** Work that takes this many milliseconds is tried once only. */
const slow = 300;

/** The quickest of several ways, by the best of a few trials after a first run. */
export async function quickest(ways: readonly Prepared[]): Promise<Prepared> {
  const best: number[] = [];
  for (const { work } of ways) {
    const first = await millisecondsOf(work);
    const tried: number[] = [];
    while (tried.length < (first > slow ? 1 : trials)) tried.push(await millisecondsOf(work));
    best.push(Math.min(...tried));
  }
  return ways[best.indexOf(Math.min(...best))]!;
}

/** Throws unless two answers agree in every cell. */
export function refuseUnequal(
  name: string,
  answer: ReadonlyMap<number, number>,
  expected: ReadonlyMap<number, number>,
) {
  const differing = [...expected].filter(([key, count]) => answer.get(key) !== count);
  if (answer.size === expected.size && differing.length === 0) return;
  throw new Error(
    `${name}: ${differing.length} of ${expected.size} cells differ, and ${answer.size} cells were counted; nothing was timed`,
  );
}
