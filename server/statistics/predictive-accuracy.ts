import { InputError } from '../errors.ts';
import { requirePositive } from './check-input.ts';

export type Selection = {
  /** Incidents that fell into the area selected. */
  readonly hits: number;
  /** Incidents that the best selection of the same area would have caught. */
  readonly bestHits: number;
  readonly incidents: number;
  readonly areaSelected: number;
  readonly areaTotal: number;
};
export type PredictiveAccuracy = {
  readonly hitRate: number | null;
  readonly areaShare: number;
  readonly pai: number | null;
  readonly pei: number | null;
};

/**
 * How good a map was at saying where: the share of later incidents it caught (hit rate), that share against the share
 * of the area it asked for (PAI), and against the best that was possible with as much area (PEI, 0 to 1).
 *
 * PAI = (hits / incidents) / (areaSelected / areaTotal) (Chainey, Tompson & Uhlig 2008), 1 for a map no better than
 * chance; PEI = PAI / best PAI (Hunt 2016). Areas in any one unit. Hit rate and PAI are null without incidents, PEI is
 * null when the best selection has none either. Throws InputError on more hits than possible and areas not above 0.
 */
export function predictiveAccuracy(selection: Selection): PredictiveAccuracy {
  const { hits, bestHits, incidents, areaSelected, areaTotal } = selection;
  requirePositive('areaSelected', areaSelected);
  requirePositive('areaTotal', areaTotal);
  // shares of tied scores are fractions of hits, so a rounding error above the best is no mistake
  const slack = 1e-9 * bestHits;
  if (!(hits >= 0 && hits <= bestHits + slack && bestHits <= incidents && areaSelected <= areaTotal * (1 + 1e-9)))
    throw new InputError(
      `A selection cannot have ${JSON.stringify(selection)}: hits, bestHits and incidents must rise.`,
    );
  const areaShare = areaSelected / areaTotal;
  const hitRate = incidents === 0 ? null : hits / incidents;
  return {
    hitRate,
    areaShare,
    pai: hitRate === null ? null : hitRate / areaShare,
    pei: bestHits === 0 ? null : hits / bestHits,
  };
}
