const warmUps = 2;
const fullRuns = 9;
const slowRuns = 5;
/** When so many milliseconds have gone into one measure, fewer runs are enough. */
const enough = 3_000;

/** The median time of some work in milliseconds, of nine runs (five of slow work) after two that do not count. */
export async function medianMilliseconds(work: () => unknown): Promise<number> {
  for (let run = 0; run < warmUps; run++) await work();
  const times: number[] = [];
  let spent = 0;
  while (times.length < fullRuns && !(times.length >= slowRuns && spent > enough)) {
    const milliseconds = await millisecondsOf(work);
    times.push(milliseconds);
    spent += milliseconds;
  }
  return median(times);
}

/** How long some work takes once, in milliseconds. */
export async function millisecondsOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The middle value (the upper one of two). */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** The value that a share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
