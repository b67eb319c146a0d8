import { comparison } from '../data.ts';

/** The earlier period in words, where it can be compared with. */
export function comparedPeriod(): string | null {
  const possible = comparison.value;
  return possible?.kind === 'possible' ? possible.period : null;
}
