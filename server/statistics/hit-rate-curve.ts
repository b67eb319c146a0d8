import { finiteValues, type Numbers, nonNegativeValues, requireSameLength } from './check-input.ts';

/** How cells with equal scores are counted: as a blind choice among them would do on average, or the emptiest first. */
export type Ties = 'expected' | 'worst';

export type HitRateCurve = {
  readonly incidents: number;
  /** Incidents caught by the k cells with the highest scores, at place k - 1. */
  readonly hits: Float64Array<ArrayBuffer>;
  /** Incidents that the best choice of k cells would have caught. */
  readonly bestHits: Float64Array<ArrayBuffer>;
};

/**
 * How many later incidents the top 1, 2, … cells of a ranking caught, beside the best possible choice of as many cells.
 *
 * The base of hit rate, PAI and PEI against coverage. Cells count as equally large. Many cells share a score (of 0,
 * often): `expected` gives each the mean of its tied group, so a ranking is neither rewarded nor punished for the order
 * in which cells happen to be listed; `worst` takes the emptiest first, as R ptools does. Throws InputError on NaN and
 * negative counts.
 */
export function hitRateCurve(scores: Numbers, observed: Numbers, ties: Ties = 'expected'): HitRateCurve {
  const score = finiteValues('scores', scores);
  const counts = nonNegativeValues('observed', observed);
  requireSameLength('scores', score.length, 'observed', counts.length);
  const order = Uint32Array.from(score.keys()).sort(
    (a, b) => (score[b] as number) - (score[a] as number) || (counts[a] as number) - (counts[b] as number),
  );
  const ranked = Float64Array.from(order, (cell) => counts[cell] as number);
  if (ties === 'expected') levelTies(ranked, order, score);
  const bestHits = runningTotal(counts.slice().sort().reverse());
  return { incidents: bestHits.at(-1) ?? 0, hits: runningTotal(ranked), bestHits };
}

/** Gives every cell of a group of equal scores the group's mean. */
function levelTies(ranked: Float64Array, order: Uint32Array, score: Float64Array): void {
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && score[order[end] as number] === score[order[start] as number]) end++;
    const group = ranked.subarray(start, end);
    if (group.length > 1) group.fill(group.reduce((sum, value) => sum + value, 0) / group.length);
    start = end;
  }
}

function runningTotal(values: Float64Array): Float64Array<ArrayBuffer> {
  let total = 0;
  return Float64Array.from(values, (value) => {
    total += value;
    return total;
  });
}
