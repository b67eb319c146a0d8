import { classBreaks } from '../map/class-breaks.ts';

/** One class of densities: `from` included, `to` not, but for the last, which ends at the highest value. */
export type DensityClass = { readonly from: number; readonly to: number; readonly size: number };

/** Natural breaks of the positive densities, moved to two figures, so that the legend can give them exactly. */
export function densityClasses(densities: readonly number[]): DensityClass[] {
  const positive = densities.filter((density) => density > 0);
  if (positive.length === 0) return [];
  const most = positive.reduce((a, b) => Math.max(a, b));
  const breaks = classBreaks(positive).map(({ from }) => Number(from.toPrecision(2)));
  const starts = [0, ...new Set(breaks.slice(1).filter((start) => start < most))];
  return starts.map((from, index) => {
    const to = starts[index + 1];
    const size = positive.filter((density) => density >= from && (to === undefined || density < to)).length;
    return { from, to: to ?? most, size };
  });
}
