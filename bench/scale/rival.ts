import { median, millisecondsOf } from '../median.ts';
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

/** The quickest of several ways, by the median of three trials after a first run. */
export async function quickest(ways: readonly Prepared[]): Promise<Prepared> {
  const times: number[] = [];
  for (const { work } of ways) {
    await work();
    const tried: number[] = [];
    for (let trial = 0; trial < trials; trial++) tried.push(await millisecondsOf(work));
    times.push(median(tried));
  }
  return ways[times.indexOf(Math.min(...times))]!;
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
