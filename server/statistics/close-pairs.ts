import { InputError } from '../errors.ts';
import { finiteValues, type Numbers, requireRising, requireSameLength } from './check-input.ts';

const mostPairs = 20_000_000;

export type ClosePairs = { readonly first: Uint32Array; readonly second: Uint32Array; readonly band: Uint8Array };

/**
 * All unordered pairs of points whose distance lies in one of the half-open bands between the rising limits (metres),
 * with the number of the band.
 *
 * Points are swept from west to east, so only pairs within the last limit of each other are looked at. Throws InputError
 * on NaN, limits that do not rise, and more than 20 million pairs.
 */
export function closePairs(
  points: { readonly x: Numbers; readonly y: Numbers },
  spaceBreaksMetres: readonly number[],
  distance: 'manhattan' | 'euclidean',
): ClosePairs {
  requireRising('spaceBreaksMetres', spaceBreaksMetres);
  const x = finiteValues('points.x', points.x);
  const y = finiteValues('points.y', points.y);
  requireSameLength('points.x', x.length, 'points.y', y.length);
  const [first, second, band]: [number[], number[], number[]] = [[], [], []];
  const farthest = spaceBreaksMetres.at(-1) as number;
  const order = Uint32Array.from(x.keys()).sort((a, b) => (x[a] as number) - (x[b] as number));
  for (let i = 0; i < order.length; i++)
    for (let j = i + 1; j < order.length; j++) {
      const [a, b] = [order[i] as number, order[j] as number];
      const east = (x[b] as number) - (x[a] as number);
      if (east >= farthest) break;
      const north = Math.abs((y[b] as number) - (y[a] as number));
      if (north >= farthest) continue;
      const apart = distance === 'manhattan' ? east + north : Math.sqrt(east * east + north * north);
      const row = bandOf(apart, spaceBreaksMetres);
      if (row < 0) continue;
      first.push(a);
      second.push(b);
      band.push(row);
      if (first.length > mostPairs)
        throw new InputError(
          `More than ${mostPairs} pairs lie within ${farthest} m: take a shorter period or distance.`,
        );
    }
  return { first: Uint32Array.from(first), second: Uint32Array.from(second), band: Uint8Array.from(band) };
}

function bandOf(value: number, breaks: readonly number[]): number {
  if (value < (breaks[0] as number)) return -1;
  for (let band = 1; band < breaks.length; band++) if (value < (breaks[band] as number)) return band - 1;
  return -1;
}
