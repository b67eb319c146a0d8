import { requireWhole } from './check-input.ts';
import { poissonProbability } from './poisson-distribution.ts';

/**
 * The two-sided p that two counts of equally long periods come from one rate, by the more powerful "E-test".
 *
 * Krishnamoorthy & Thomson (2004), null difference 0: with lambda = (k1 + k2) / 2, the sum of Pois(a) Pois(b) over pairs
 * (a, b) other than (0, 0) whose |a - b| / sqrt(a + b) is at least the observed; ties are compared in whole numbers, so
 * none is lost. Null for 0 against 0; 1 for equal counts above 0. For unequal periods use `poissonExactTest`.
 * Throws InputError unless counts are whole.
 */
export function poissonETest(first: number, second: number): number | null {
  requireWhole('first', first);
  requireWhole('second', second);
  if (first + second === 0) return null;
  if (first === second) return 1;
  const mean = (first + second) / 2;
  const chances = chancesUpTo(Math.ceil(mean + 12 * Math.sqrt(mean) + 60), mean);
  const atLeast = tailsOf(chances);
  const least = { square: (first - second) ** 2, sum: first + second };
  let p = 0;
  let below = 0;
  let above = 0;
  let atMostBelow = 0;
  // as a grows, both ends of the b that are too near to count move up: two pointers serve all a
  for (let a = 0; a < chances.length; a++) {
    above = Math.max(above, a);
    while (above < chances.length && !isAsFar(a, above, least)) above++;
    while (below < a && isAsFar(a, below, least)) atMostBelow += chances[below++] as number;
    p += (chances[a] as number) * (atMostBelow + (atLeast[above] ?? 0));
  }
  return Math.min(1, p);
}

/** |a - b| / sqrt(a + b) at least the observed, without rounding; (0, 0) never is. */
function isAsFar(a: number, b: number, observed: { square: number; sum: number }): boolean {
  return a + b > 0 && (a - b) ** 2 * observed.sum >= observed.square * (a + b);
}

function chancesUpTo(top: number, mean: number): Float64Array {
  return Float64Array.from({ length: top + 1 }, (_, k) => poissonProbability(k, mean));
}

/** For each k the chance of k or more. */
function tailsOf(chances: Float64Array): Float64Array {
  const tails = chances.slice();
  for (let k = tails.length - 2; k >= 0; k--) tails[k] = (tails[k] as number) + (tails[k + 1] as number);
  return tails;
}
