/** What a thread does of a forecast: all that goes through every cell. */
import type { Forecast } from '../analyses-model.ts';
import { cellOfKey } from '../count/cell-index.ts';
import { cellCentres, localMetres } from '../locate/local-metres.ts';
import { type ForecastResult, forecast } from '../statistics/forecast.ts';
import type { ForecastSetting } from '../statistics/forecast-methods.ts';
import type { Study } from './study-area.ts';

/** The highest cells by each method, and how the methods would have done. */
export type RankedForecast = Pick<ForecastResult, 'evaluation' | 'apart'> & {
  readonly ranked: readonly Pick<Forecast['methods'][number], 'name' | 'top'>[];
};

/** Forecasts the cells of a study, of which the `top` highest are listed for each method. */
export function forecastOfCells(
  periods: readonly Float64Array[],
  study: Pick<Study, 'keys' | 'resolution' | 'neighbours'>,
  setting: Omit<ForecastSetting, 'neighbours' | 'centres'>,
  { top, ...options }: Parameters<typeof forecast>[2] & { readonly top: number },
): RankedForecast {
  const cells = Array.from(study.keys, (key) => cellOfKey(key, study.resolution));
  const { lats, lngs } = cellCentres(cells);
  const centres = localMetres({ lat: lats[0]!, lng: lngs[0]! }, lats, lngs);
  const { scores, ...tested } = forecast(periods, { ...setting, neighbours: study.neighbours, centres }, options);
  return {
    ranked: scores.map(({ name, scores: ofCells }) => ({ name, top: highestCells(cells, ofCells, top) })),
    ...tested,
  };
}

/** Cells with a score above 0, highest first, equals in order of cell; equal scores share a rank. */
function highestCells(cells: readonly string[], scores: Float64Array, top: number): Forecast['methods'][number]['top'] {
  const order = [...scores.keys()].filter((cell) => scores[cell]! > 0);
  order.sort((one, other) => scores[other]! - scores[one]! || one - other);
  let rank = 0;
  return order.slice(0, top).map((cell, at) => {
    if (scores[cell] !== scores[order[at - 1] ?? -1]) rank = at + 1;
    return { rank, cell: cells[cell]!, score: scores[cell]! };
  });
}
