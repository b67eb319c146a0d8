import { InputError } from '../errors.ts';
import { type Numbers, requireWhole } from './check-input.ts';
import type { ForecastMethod } from './forecast-methods.ts';
import { hitRateCurve } from './hit-rate-curve.ts';
import { type PredictiveAccuracy, predictiveAccuracy } from './predictive-accuracy.ts';

export type ForecastOptions = {
  /** How many of the last periods are forecast in turn, each from those before it. */
  readonly heldOut: number;
  /** How many periods before the one forecast are used; all of them when absent. */
  readonly window?: number;
  /** Shares of the cells a patrol could cover: 0.01 is one cell in a hundred. */
  readonly coverages: readonly number[];
};

export type CoverageResult = PredictiveAccuracy & {
  readonly coverage: number;
  readonly cells: number;
  readonly hits: number;
  readonly bestHits: number;
  readonly incidents: number;
  /** In how many held-out periods no method caught more at this coverage. */
  readonly periodsBest: number;
};
export type MethodResult = { readonly name: ForecastMethod['name']; readonly coverages: readonly CoverageResult[] };

/**
 * How well each way of ranking cells would have said where the next period's incidents fell, over the last `heldOut`
 * periods, each forecast only from periods before it.
 *
 * Hits are summed over the held-out periods before the ratios are taken, so quiet periods weigh little; hit rate, PAI
 * and PEI as in `predictiveAccuracy`, at the number of cells nearest to each coverage, at least 1. Tied scores count as
 * a blind choice among them would. Cells count as equally large. Hit rate, PAI and PEI are null when nothing happened.
 * Throws InputError unless at least one period is left to learn from.
 */
export function forecastEvaluation(
  periods: readonly Numbers[],
  methods: readonly ForecastMethod[],
  options: ForecastOptions,
): readonly MethodResult[] {
  const cells = periods[0]?.length ?? 0;
  const tops = options.coverages.map((coverage) => cellsOf(coverage, cells));
  const trials = heldOutPeriods(periods, options).map(({ history, observed }) =>
    methods.map(({ score }) => hitRateCurve(score(history), observed)),
  );
  return methods.map(({ name }, method) => ({
    name,
    coverages: options.coverages.map((coverage, at) => {
      const top = tops[at] as number;
      const hitsIn = (trial: (typeof trials)[number], which: number) => trial[which]?.hits[top - 1] as number;
      const sum = (value: (trial: (typeof trials)[number]) => number) =>
        trials.reduce((total, trial) => total + value(trial), 0);
      const hits = sum((trial) => hitsIn(trial, method));
      const bestHits = sum((trial) => trial[method]?.bestHits[top - 1] as number);
      const incidents = sum((trial) => trial[method]?.incidents as number);
      const periodsBest = trials.filter((trial) =>
        trial.every((_, other) => hitsIn(trial, other) <= hitsIn(trial, method) + 1e-9),
      ).length;
      const accuracy = predictiveAccuracy({ hits, bestHits, incidents, areaSelected: top, areaTotal: cells });
      return { coverage, cells: top, hits, bestHits, incidents, periodsBest, ...accuracy };
    }),
  }));
}

/** The number of cells nearest to a share of them, at least 1. */
export function cellsOf(coverage: number, cells: number): number {
  if (!(coverage > 0 && coverage <= 1)) throw new InputError(`coverage is ${coverage}: give above 0, up to 1.`);
  return Math.max(1, Math.round(coverage * cells));
}

/** The trials: each held-out period with the periods it is forecast from. */
export function heldOutPeriods(periods: readonly Numbers[], { heldOut, window }: ForecastOptions) {
  requireWhole('heldOut', heldOut, 1);
  if (window !== undefined) requireWhole('window', window, 1);
  if (heldOut >= periods.length)
    throw new InputError(
      `${heldOut} of ${periods.length} periods are to be forecast: leave at least one to learn from.`,
    );
  if (periods[0]?.length === 0) throw new InputError('There are no cells to rank: choose a study area.');
  return Array.from({ length: heldOut }, (_, trial) => {
    const at = periods.length - heldOut + trial;
    const history = periods.slice(window === undefined ? 0 : Math.max(0, at - window), at);
    return { history, observed: periods[at] as Numbers };
  });
}
