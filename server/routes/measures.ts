/** The parameters with which cells, tiles and hotspots ask for statistics. */
import { z } from 'zod';
import type { AreaLayer } from '../count/columns.ts';
import { InputError } from '../errors.ts';
import type { Holdings } from '../flows/load-holdings.ts';
import { findLayerOrNewest } from '../flows/vintages.ts';
import { type Measure, type MeasureOptions, measureNames } from '../model.ts';

const defaultPermutations = { normal: 999, randomisation: 99_999, conditional: 9999 } as const;

/** Query parameters of a statistic. */
export const statisticShape = {
  layer: z
    .string()
    .optional()
    .describe('Layer whose areas are the study area when the filter names no area; else `ward`'),
  correction: z
    .enum(['fdr', 'bonferroni', 'none'])
    .default('fdr')
    .describe(
      'How classes stand the test of many cells at once: false discovery rate (Benjamini–Hochberg), Bonferroni, none',
    ),
  p: z
    .enum(['normal', 'randomisation', 'conditional'])
    .default('normal')
    .describe(
      'Where p comes from: the normal approximation, or seeded permutations of whole neighbourhoods or with the cell’s own value held',
    ),
  permutations: z.coerce.number().int().min(99).max(99_999).optional(),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).default(1),
  weight: z.enum(['count', 'harm']).default('count').describe('Count incidents, or weigh them by the harm index'),
};

/** Query parameters of measures of cells. */
export const measureShape = {
  ...statisticShape,
  measures: z
    .string()
    .optional()
    .describe(`What each cell carries, comma separated: ${measureNames.join(', ')}`),
  bandwidth: z.coerce
    .number()
    .min(10)
    .max(50_000)
    .optional()
    .describe('Of the density, in metres; else twice the spacing of cells'),
  steps: z.coerce.number().int().min(3).max(60).default(12).describe('Equal periods for the emerging classes'),
};

const statisticSchema = z.object(statisticShape);
const measureSchema = z.object(measureShape);
type StatisticQuery = z.infer<typeof statisticSchema>;
type MeasureQuery = z.infer<typeof measureSchema>;

/** Splits a query into what says how to measure and the filter that is left. */
export function splitMeasureQuery<Query extends MeasureQuery>(query: Query) {
  const { layer, correction, p, permutations, seed, weight, measures, bandwidth, steps, ...rest } = query;
  const options: MeasureOptions = {
    ...statisticOptions({ layer, correction, p, permutations, seed, weight }),
    measures: parseMeasures(measures),
    bandwidth,
    steps,
  };
  return { options, layerName: layer, rest };
}

/** Whether nothing but counts is asked for. */
export function countsOnly(measures: readonly Measure[]): boolean {
  return measures.every((measure) => measure === 'count');
}

/** The options of a statistic without measures of its own. */
export function statisticOptions({ correction, p, permutations, seed, weight }: StatisticQuery): MeasureOptions {
  return {
    measures: ['giStar'],
    correction,
    p,
    permutations: permutations ?? defaultPermutations[p],
    seed,
    weight,
    bandwidth: undefined,
    steps: 12,
  };
}

/**
 * The layer whose areas are studied: the one named, else wards, else the only one held; null when none is. In the vintage
 * asked for where the layer has it, else its newest.
 */
export function studyLayer(
  holdings: Holdings,
  name: string | undefined,
  vintage: string | undefined,
): AreaLayer | null {
  const { layers } = holdings.columns;
  const found = name ?? layers.findLast(({ layer }) => layer === 'ward')?.layer ?? layers.at(-1)?.layer;
  return found === undefined ? null : findLayerOrNewest(holdings, found, vintage);
}

function parseMeasures(text: string | undefined): Measure[] {
  if (text === undefined) return ['count'];
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  for (const name of names) {
    if (!(measureNames as readonly string[]).includes(name)) {
      throw new InputError(`measures: there is no "${name}"; there are ${measureNames.join(', ')}`);
    }
  }
  return measureNames.filter((name) => names.includes(name));
}
