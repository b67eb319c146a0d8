import { InputError } from '../errors.ts';
import { type MaybeNumbers, requireSameLength } from './check-input.ts';
import { mannKendall } from './mann-kendall.ts';

const patterns = [
  'new',
  'consecutive',
  'intensifying',
  'diminishing',
  'persistent',
  'historical',
  'oscillating',
  'sporadic',
] as const;
type Pattern = (typeof patterns)[number];

/** A cell's history in a word: `new-hot`, `sporadic-cold`, …, or `none`. */
export type EmergingClass = `${Pattern}-${'hot' | 'cold'}` | 'none';
export const emergingClasses: readonly EmergingClass[] = [
  ...patterns.flatMap((pattern) => [`${pattern}-hot`, `${pattern}-cold`] as const),
  'none',
];

/**
 * The space-time class of one cell from its z at each step, oldest first, and whether each is significant (after the
 * correction chosen).
 *
 * Esri's emerging hot spots with the overlaps settled; hot is significant with z above 0, ninety is hot in at least 90 %
 * of steps, the trend is Mann-Kendall's on z at p below 0.1:
 * new: hot at the last step, never before. consecutive: an unbroken run of at least two hot steps up to the last, never
 * hot before it, not ninety. intensifying, diminishing, persistent: ninety, hot at the last step, trend up, down, or
 * none. historical: ninety, not hot at the last step. oscillating: hot at the last step, not ninety, cold at an earlier
 * one. sporadic: hot at the last step and before with a gap, not ninety, never cold. Cold classes mirror these. The first
 * that holds in that order is the class, hot before cold.
 * A null z (that step's map has no variation) is not significant and stays out of the trend. No steps: `none`. Throws
 * InputError when z and significant differ in length, or a null z is called significant.
 */
export function emergingClass(z: MaybeNumbers, significant: readonly boolean[]): EmergingClass {
  requireSameLength('z', z.length, 'significant', significant.length);
  const states = z.map((value, step) => stateOf(value, significant[step] as boolean, step));
  if (states.every((state) => state === 0)) return 'none';
  const trend = trendOf(z);
  const hot = patternOf(states, trend);
  const cold = patternOf(
    states.map((state) => -state),
    -trend,
  );
  if (hot === null && cold === null) return 'none';
  return precedes(hot, cold) ? `${hot as Pattern}-hot` : `${cold as Pattern}-cold`;
}

/** 1 for hot, -1 for cold, 0 for neither. */
function stateOf(z: number | null, significant: boolean, step: number): number {
  if (!significant) return 0;
  if (z === null) throw new InputError(`Step ${step} is called significant but has no z: mark it as not significant.`);
  return Math.sign(z);
}

function trendOf(z: MaybeNumbers): number {
  const { s, p } = mannKendall(z.filter((value) => value !== null));
  return p < 0.1 ? Math.sign(s) : 0;
}

function precedes(hot: Pattern | null, cold: Pattern | null): boolean {
  if (hot === null || cold === null) return hot !== null;
  return patterns.indexOf(hot) <= patterns.indexOf(cold);
}

/** The hot pattern of a series of states, null when there is none. */
function patternOf(states: readonly number[], trend: number): Pattern | null {
  const hotSteps = states.filter((state) => state > 0).length;
  const ninety = 10 * hotSteps >= 9 * states.length;
  if (states.at(-1) !== 1) return ninety ? 'historical' : null;
  const run = states.length - 1 - states.findLastIndex((state) => state !== 1);
  if (hotSteps === 1) return 'new';
  if (!ninety && run === hotSteps) return 'consecutive';
  if (ninety) return trend > 0 ? 'intensifying' : trend < 0 ? 'diminishing' : 'persistent';
  return states.includes(-1) ? 'oscillating' : 'sporadic';
}
