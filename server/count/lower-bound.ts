/** The first position from `from` up to `to` whose value is `wanted` or more, in rising values; `to` if there is none. */
export function lowerBound(values: ArrayLike<number>, from: number, to: number, wanted: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As `lowerBound`, quicker where the position is near `from`. */
export function lowerBoundNear(values: ArrayLike<number>, from: number, to: number, wanted: number): number {
  let [low, step] = [from, 1];
  while (low + step < to && values[low + step]! < wanted) {
    low += step;
    step *= 2;
  }
  return lowerBound(values, low, Math.min(to, low + step), wanted);
}
