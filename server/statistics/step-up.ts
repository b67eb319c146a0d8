import { InputError } from '../errors.ts';
import type { MaybeNumbers } from './check-input.ts';

/** The p-values that are there, in rising order; throws when one lies outside 0 to 1. */
export function definedP(p: MaybeNumbers): Float64Array {
  const defined = new Float64Array(p.length);
  let count = 0;
  for (let i = 0; i < p.length; i++) {
    const value = p[i];
    if (value === null) continue;
    if (!((value as number) >= 0 && (value as number) <= 1))
      throw new InputError(`p[${i}] is ${value}: give 0 to 1, or null where p is undefined.`);
    defined[count++] = value as number;
  }
  return defined.slice(0, count);
}

/**
 * The step-up adjustment q_(i) = min over j >= i of factor * n * p_(j) / j, at most 1, n the number of p-values that are
 * not null; shared by the two false discovery rates.
 */
export function stepUp(p: MaybeNumbers, factorOf: (n: number) => number): MaybeNumbers {
  // equal p get equal q, so sorting bare numbers and looking them up again beats sorting positions
  const sorted = definedP(p).sort();
  const n = sorted.length;
  const factor = factorOf(n);
  const q = new Float64Array(n);
  let least = 1;
  for (let rank = n; rank >= 1; rank--) {
    least = Math.min(least, factor * (n / rank) * (sorted[rank - 1] as number));
    q[rank - 1] = least;
  }
  return p.map((value) => (value === null ? null : (q[firstPlace(sorted, value)] as number)));
}

function firstPlace(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
