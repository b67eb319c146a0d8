import type { AreaLayer } from '../count/columns.ts';
import { filterKey } from '../count/parse-filter.ts';
import type { HarmIndex } from '../import/harm-index.ts';
import type { DateRange, Filter, MeasureOptions, StudyDescription } from '../model.ts';
import type { Database } from '../store/database.ts';
import { bandwidthOf, cellMeasures } from './cell-measures.ts';
import { tallyFilter } from './count-filter.ts';
import { describeStudy } from './describe-study.ts';
import type { Holdings } from './load-holdings.ts';
import { type MeasureWork, prepareMeasures } from './measure-work.ts';
import { numberColumn, type PackedColumn } from './packed-column.ts';
import { remember } from './remember.ts';
import type { Study } from './study-area.ts';

export type MeasuredCells = {
  readonly study: Study;
  readonly description: StudyDescription;
  readonly notes: readonly string[];
  readonly periods: { readonly current: DateRange; readonly previous: DateRange | null };
  readonly total: number;
  readonly located: number;
  readonly columns: readonly PackedColumn[];
};

/** Statistics of every cell of the study area under a filter, with the plain sentences a person should know. */
export function measureCells(
  database: Database,
  holdings: Holdings,
  harm: HarmIndex | null,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  options: MeasureOptions,
): Promise<MeasuredCells> {
  const key = `measure ${filterKey(filter)} ${layer?.layer} ${layer?.validFrom} ${resolution} ${JSON.stringify(options)}`;
  return remember(
    holdings,
    key,
    () => measure(database, holdings, harm, filter, layer, resolution, options),
    ({ columns }) => columns.reduce((sum, { numbers }) => sum + numbers.byteLength, 0),
  );
}

async function measure(
  database: Database,
  holdings: Holdings,
  harm: HarmIndex | null,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  options: MeasureOptions,
): Promise<MeasuredCells> {
  const work = await prepareMeasures(database, holdings, harm, filter, layer, resolution, options);
  const columns = [numberColumn('count', work.counts)];
  for (const measure of options.measures) if (measure !== 'count') columns.push(...(await cellMeasures[measure](work)));
  // `change` brings `previous` along too: one is enough
  const distinct = columns.filter((column, index) => columns.findIndex(({ name }) => name === column.name) === index);
  const { current } = await tallyFilter(holdings, filter);
  return {
    study: work.study,
    description: describe(work),
    notes: work.notes,
    periods: work.periods,
    total: current.total,
    located: current.located,
    columns: distinct,
  };
}

function describe({ study, options, values }: MeasureWork): StudyDescription {
  const permuted = options.p !== 'normal';
  return describeStudy(study, values, {
    correction:
      options.correction === 'fdr' ? 'Benjamini–Hochberg over all cells of the study area' : options.correction,
    p: options.p,
    permutations: permuted ? options.permutations : null,
    seed: permuted ? options.seed : null,
    bandwidthMetres: options.measures.includes('density') ? (options.bandwidth ?? bandwidthOf(study)) : null,
    weight: options.weight,
  });
}
