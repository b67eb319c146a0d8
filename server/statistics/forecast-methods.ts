import type { Numbers } from './check-input.ts';
import { giStar } from './gi-star.ts';
import type { Neighbours } from './neighbours.ts';
import { type PlanarPoints, quarticDensity } from './quartic-density.ts';
import { recencyWeightedCount } from './recency-weighted-count.ts';

/** Ranks cells for the next period from the counts of past ones, oldest first: the highest score first. */
export type ForecastMethod = {
  readonly name: 'count' | 'recencyWeightedCount' | 'density' | 'giStar';
  readonly score: (history: readonly Numbers[]) => Numbers;
};

export type ForecastSetting = {
  readonly neighbours: Neighbours;
  /** Centres of the cells in planar metres. */
  readonly centres: PlanarPoints;
  readonly bandwidthMetres: number;
  /** In periods: with months, 3 halves the weight of what is three months older. */
  readonly halfLife: number;
};

/**
 * The rankings that compete: the count, the recency-weighted count, the density of the counts at cell centres, and Gi*
 * of the counts (0 where it is undefined). All use the same history.
 */
export function forecastMethods(setting: ForecastSetting): readonly ForecastMethod[] {
  const { neighbours, centres, bandwidthMetres, halfLife } = setting;
  return [
    { name: 'count', score: totalOf },
    { name: 'recencyWeightedCount', score: (history) => recencyWeightedCount(history, halfLife) },
    {
      name: 'density',
      score: (history) => quarticDensity({ ...centres, weights: totalOf(history) }, centres, bandwidthMetres),
    },
    { name: 'giStar', score: (history) => giStar(totalOf(history), neighbours).z.map((z) => z ?? 0) },
  ];
}

/** All periods alike: a half-life without end. */
function totalOf(history: readonly Numbers[]): Float64Array {
  return recencyWeightedCount(history, Number.MAX_VALUE);
}
