import { InputError } from '../errors.ts';
import {
  finiteValues,
  type MaybeNumbers,
  type Numbers,
  requireRising,
  requireSameLength,
  requireWhole,
} from './check-input.ts';
import { closePairs } from './close-pairs.ts';
import { createRandom } from './random.ts';

/** Close pairs times permutations: about half a minute of one processor. */
const mostComparisons = 5_000_000_000;

/** Incidents in planar metres and whole days from any origin. */
export type DatedPoints = { readonly x: Numbers; readonly y: Numbers; readonly day: Numbers };

export type KnoxOptions = {
  /** Rising limits: [0, 100, 200] makes the bands 0 to under 100 m and 100 to under 200 m. */
  readonly spaceBreaksMetres: readonly number[];
  /** Rising limits of the difference in days: [0, 8, 15] makes the bands 0 to 7 and 8 to 14 days. */
  readonly timeBreaksDays: readonly number[];
  readonly distance: 'manhattan' | 'euclidean';
  readonly permutations: number;
  readonly seed: number;
};

/** Rows are space bands, columns time bands. */
export type Knox = {
  readonly observed: readonly (readonly number[])[];
  readonly expectedMean: readonly (readonly number[])[];
  readonly ratioMean: readonly MaybeNumbers[];
  readonly ratioMedian: readonly MaybeNumbers[];
  readonly p: readonly (readonly number[])[];
};

/**
 * The near-repeat table: how many pairs of incidents lie close in space and in time, against what the same places and
 * the same days would give if they had nothing to do with each other.
 *
 * Knox (1964) with Monte Carlo as in the R and Python packages NearRepeat: days are shuffled over the places; ratio =
 * observed / mean (or median) of the shuffles; one-sided p = (1 + shuffles with at least as many) / (permutations + 1).
 * Bands are half-open [from, to); each unordered pair counts once. (The older Near Repeat Calculator's bands are labelled
 * one off.) Ratios are null where the mean or median is 0. Throws InputError on bad limits, NaN, days that are not whole
 * and more than 20 million close pairs or 5,000 million comparisons.
 */
export function knox(points: DatedPoints, options: KnoxOptions): Knox {
  const { spaceBreaksMetres, timeBreaksDays, distance, permutations, seed } = options;
  requireWhole('permutations', permutations, 1);
  requireRising('timeBreaksDays', timeBreaksDays);
  const days = wholeDays(points.day);
  requireSameLength('points.day', days.length, 'points.x', points.x.length);
  const pairs = closePairs(points, spaceBreaksMetres, distance);
  requireBearable(pairs.first.length, permutations);
  const bandOfGap = timeBandOfGap(days, timeBreaksDays);
  const columns = timeBreaksDays.length - 1;
  const size = (spaceBreaksMetres.length - 1) * columns;
  const tally = (dealt: Int32Array) => tallyPairs(pairs, dealt, bandOfGap, columns, size);
  const observed = tally(days);
  const random = createRandom(seed);
  const dealt = days.slice();
  const shuffles = Array.from({ length: permutations }, () => {
    random.shuffle(dealt);
    return tally(dealt);
  });
  return summarise(observed, shuffles, columns);
}

function requireBearable(pairs: number, permutations: number): void {
  if (pairs * permutations <= mostComparisons) return;
  const bearable = Math.floor(mostComparisons / pairs);
  throw new InputError(
    `${pairs} pairs of incidents lie close to one another: ask for at most ${bearable} permutations, a shorter distance, a shorter period or fewer kinds of incident.`,
  );
}

function wholeDays(days: Numbers): Int32Array {
  const copy = finiteValues('points.day', days);
  copy.forEach((day, i) => {
    if (!Number.isInteger(day)) throw new InputError(`points.day[${i}] is ${day}: give whole days.`);
  });
  return Int32Array.from(copy, (day) => day - (copy[0] as number));
}

/** The time band of each possible difference in days, -1 for none: looked up, not searched, in the inner loop. */
function timeBandOfGap(days: Int32Array, breaks: readonly number[]): Int8Array {
  let [first, last] = [0, 0];
  for (const day of days) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return Int8Array.from({ length: last - first + 1 }, (_, gap) => {
    const band = breaks.findLastIndex((from) => gap >= from);
    return band >= breaks.length - 1 ? -1 : band;
  });
}

type Pairs = ReturnType<typeof closePairs>;

function tallyPairs(
  { first, second, band }: Pairs,
  days: Int32Array,
  bandOfGap: Int8Array,
  columns: number,
  size: number,
) {
  const counts = new Uint32Array(size);
  for (let pair = 0; pair < first.length; pair++) {
    const gap = Math.abs((days[first[pair] as number] as number) - (days[second[pair] as number] as number));
    const column = bandOfGap[gap] as number;
    if (column < 0) continue;
    const at = (band[pair] as number) * columns + column;
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

function summarise(observed: Uint32Array, shuffles: readonly Uint32Array[], columns: number): Knox {
  const mean = new Float64Array(observed.length);
  const median = new Float64Array(observed.length);
  const p = new Float64Array(observed.length);
  for (let at = 0; at < observed.length; at++) {
    const dealt = Uint32Array.from(shuffles, (counts) => counts[at] as number).sort();
    mean[at] = dealt.reduce((total, count) => total + count, 0) / dealt.length;
    median[at] = ((dealt[(dealt.length - 1) >> 1] as number) + (dealt[dealt.length >> 1] as number)) / 2;
    const asMany = dealt.filter((count) => count >= (observed[at] as number)).length;
    p[at] = (1 + asMany) / (dealt.length + 1);
  }
  const rows = <T>(valueAt: (at: number) => T): T[][] =>
    Array.from({ length: observed.length / columns }, (_, row) =>
      Array.from({ length: columns }, (_, column) => valueAt(row * columns + column)),
    );
  const ratio = (to: Float64Array) => (at: number) =>
    to[at] === 0 ? null : (observed[at] as number) / (to[at] as number);
  return {
    observed: rows((at) => observed[at] as number),
    expectedMean: rows((at) => mean[at] as number),
    ratioMean: rows(ratio(mean)),
    ratioMedian: rows(ratio(median)),
    p: rows((at) => p[at] as number),
  };
}
