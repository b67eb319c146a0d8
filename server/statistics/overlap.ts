import { requireSameLength } from './check-input.ts';

export type Overlap = {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
  /** Cells hot in both that two unrelated maps with as many hot cells would have on average; null without cells. */
  readonly expectedBoth: number | null;
  readonly jaccard: number | null;
};

/**
 * How far two sets of hot cells coincide: cells hot in both as a share of cells hot in either (Jaccard 1901), 0 to 1.
 *
 * One flag per cell of the same study area. Jaccard is null when neither map has a hot cell. Throws InputError when the
 * lists differ in length.
 */
export function overlap(first: readonly boolean[], second: readonly boolean[]): Overlap {
  requireSameLength('first', first.length, 'second', second.length);
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  first.forEach((hot, cell) => {
    const other = second[cell] as boolean;
    counts[hot ? (other ? 'both' : 'onlyFirst') : other ? 'onlySecond' : 'neither']++;
  });
  const { both, onlyFirst, onlySecond } = counts;
  const either = both + onlyFirst + onlySecond;
  const expectedBoth = first.length === 0 ? null : ((both + onlyFirst) * (both + onlySecond)) / first.length;
  return { ...counts, expectedBoth, jaccard: either === 0 ? null : both / either };
}
