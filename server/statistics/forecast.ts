import type { Numbers } from './check-input.ts';
import {
  cellsOf,
  type ForecastOptions,
  forecastEvaluation,
  heldOutPeriods,
  type MethodResult,
} from './forecast-evaluation.ts';
import { type ForecastMethod, type ForecastSetting, forecastMethods } from './forecast-methods.ts';
import { type PairedHits, pairedHits } from './paired-hits.ts';

export type ForecastResult = {
  /** Scores of all cells for the period after the last, by each method. */
  readonly scores: readonly { readonly name: ForecastMethod['name']; readonly scores: Float64Array }[];
  /** Null when no period is held out. */
  readonly evaluation: readonly MethodResult[] | null;
  /** Row i, column j: what method i caught in the held-out periods apart from method j, at `compareAt`. */
  readonly apart: readonly (readonly PairedHits[])[] | null;
};

/**
 * Ranks cells for the next period by every method, and tells how each would have done on the last periods (see
 * `forecastEvaluation`), and against each other at one coverage (see `pairedHits`).
 *
 * `heldOut` 0 only ranks. Throws InputError as those do.
 */
export function forecast(
  periods: readonly Numbers[],
  setting: ForecastSetting,
  options: ForecastOptions & { readonly compareAt: number },
): ForecastResult {
  const methods = forecastMethods(setting);
  const history = options.window === undefined ? periods : periods.slice(-options.window);
  const scores = methods.map(({ name, score }) => ({ name, scores: Float64Array.from(score(history)) }));
  if (options.heldOut === 0) return { scores, evaluation: null, apart: null };
  const evaluation = forecastEvaluation(periods, methods, options);
  return { scores, evaluation, apart: compareMethods(periods, methods, options) };
}

function compareMethods(
  periods: readonly Numbers[],
  methods: readonly ForecastMethod[],
  options: ForecastOptions & { readonly compareAt: number },
): PairedHits[][] {
  const top = cellsOf(options.compareAt, periods[0]?.length ?? 0);
  const trials = heldOutPeriods(periods, options).map(({ history, observed }) => ({
    observed,
    scores: methods.map(({ score }) => score(history)),
  }));
  return methods.map((_, first) =>
    methods.map((_, second) =>
      trials.reduce<PairedHits>(
        (sum, { scores, observed }) => {
          const { onlyFirst, onlySecond } = pairedHits(scores[first]!, scores[second]!, observed, top);
          return { onlyFirst: sum.onlyFirst + onlyFirst, onlySecond: sum.onlySecond + onlySecond };
        },
        { onlyFirst: 0, onlySecond: 0 },
      ),
    ),
  );
}
