import { shared } from '../shared-array.ts';
import { type CountedColumns, hoursPerCode } from './columns.ts';

/** How many match, by what they are and when: what categories, months and hours are summed from. */
export type Tallies = {
  readonly total: number;
  /** Those at places with a point. */
  readonly located: number;
  /** By code: category, flag set and hour together. */
  readonly byCode: Uint32Array;
  /** By days since the first day held, times `hoursPerCode`, plus hour. */
  readonly byDayHour: Uint32Array;
};

/** Room for tallies, in shared memory. */
export function emptyTallies({
  pairs,
  firstDay,
  lastDay,
}: Pick<CountedColumns, 'pairs' | 'firstDay' | 'lastDay'>): Pick<Tallies, 'byCode' | 'byDayHour'> {
  return {
    byCode: shared(Uint32Array, pairs * hoursPerCode),
    byDayHour: shared(Uint32Array, (lastDay - firstDay + 1) * hoursPerCode),
  };
}

/** Tallies of several parts, put together. */
export function sumTallies(parts: readonly Tallies[]): Tallies {
  return {
    total: parts.reduce((sum, { total }) => sum + total, 0),
    located: parts.reduce((sum, { located }) => sum + located, 0),
    byCode: sumArrays(parts.map(({ byCode }) => byCode)),
    byDayHour: sumArrays(parts.map(({ byDayHour }) => byDayHour)),
  };
}

/** Arrays of one length added up, one or more. */
export function sumArrays(arrays: readonly Uint32Array[]): Uint32Array {
  if (arrays.length === 1) return arrays[0]!;
  const sum = arrays[0]!.slice();
  for (const array of arrays.slice(1)) for (let at = 0; at < sum.length; at++) sum[at]! += array[at]!;
  return sum;
}
