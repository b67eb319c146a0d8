/** Statistics written down again in the plainest way, to compare answers with: slow, and sharing no code with the service. */
import { gridDisk } from 'h3-js';

/** Getis–Ord Gi* of counts by cell, over the cells of the map, itself included. */
export function naiveGiStar(counts: ReadonlyMap<string, number>): Map<string, number> {
  const values = [...counts.values()];
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const s = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / n - mean * mean);
  return new Map(
    [...counts.keys()].map((cell) => {
      const around = gridDisk(cell, 1).filter((other) => counts.has(other));
      const total = around.reduce((sum, other) => sum + counts.get(other)!, 0);
      const w = around.length;
      return [cell, (total - mean * w) / (s * Math.sqrt((n * w - w * w) / (n - 1)))];
    }),
  );
}

/** Two-sided p of a z, by adding up the density of the normal distribution in small steps. */
export function naiveP(z: number): number {
  const step = 1e-4;
  let area = 0;
  for (let at = Math.abs(z) + step / 2; at < Math.abs(z) + 12; at += step) area += Math.exp((-at * at) / 2);
  return (2 * area * step) / Math.sqrt(2 * Math.PI);
}

/** Which p-values stand the Benjamini–Hochberg procedure at a level: all up to the largest k with p(k) <= level k / n. */
export function naiveDiscoveries(p: ReadonlyMap<string, number>, level: number): Set<string> {
  const ranked = [...p].sort((a, b) => a[1] - b[1]);
  const last = ranked.findLastIndex(([, value], at) => value <= (level * (at + 1)) / ranked.length);
  return new Set(ranked.slice(0, last + 1).map(([cell]) => cell));
}

/** Mann–Kendall's S of a series: pairs that rise less pairs that fall. */
export function naiveS(series: readonly number[]): number {
  return series
    .flatMap((value, at) => series.slice(at + 1).map((later): number => Math.sign(later - value)))
    .reduce((a, b) => a + b, 0);
}

/** The Gini coefficient as half the relative mean absolute difference of all pairs. */
export function naiveGini(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let differences = 0;
  for (const one of counts) for (const other of counts) differences += Math.abs(one - other);
  return differences / (2 * counts.length * total);
}

/** Pairs of dated points by band of distance (along a grid of streets, in metres) and of days apart. */
export function naivePairs(
  points: readonly { readonly lat: number; readonly lng: number; readonly day: number }[],
  metres: readonly number[],
  days: readonly number[],
): number[][] {
  const table = metres.slice(1).map(() => days.slice(1).map(() => 0));
  const east = 111_195 * Math.cos((points[0]!.lat * Math.PI) / 180);
  const bandOf = (value: number, limits: readonly number[]) => limits.findLastIndex((limit) => value >= limit);
  for (let i = 0; i < points.length; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [points[i]!, points[j]!];
      const apart = Math.abs(a.lng - b.lng) * east + Math.abs(a.lat - b.lat) * 111_195;
      const row = table[bandOf(apart, metres)];
      const column = bandOf(Math.abs(a.day - b.day), days);
      if (row && column < row.length) row[column]!++;
    }
  return table;
}
