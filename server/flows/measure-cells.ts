import type { AreaLayer } from '../count/columns.ts';
import { comparePeriod } from '../count/compare-period.ts';
import { compileFilter } from '../count/compile-filter.ts';
import { countPeriods, equalPeriods } from '../count/count-steps.ts';
import { filterKey } from '../count/parse-filter.ts';
import { weighIncidents } from '../count/weigh-incidents.ts';
import { InputError } from '../errors.ts';
import type { HarmIndex } from '../import/harm-index.ts';
import { cellCentres, localMetres } from '../locate/local-metres.ts';
import { meanCellArea } from '../locate/mean-cell-area.ts';
import type { DateRange, Filter, MeasureOptions, StudyDescription } from '../model.ts';
import { adjustP } from '../statistics/adjust-p.ts';
import { defaultBandwidth } from '../statistics/default-bandwidth.ts';
import type { emergingHotSpots } from '../statistics/emerging-hot-spots.ts';
import type { giStar } from '../statistics/gi-star.ts';
import type { giStarPermutation } from '../statistics/gi-star-permutation.ts';
import type { giStarRandomisation } from '../statistics/gi-star-randomisation.ts';
import type { localMoran } from '../statistics/local-moran.ts';
import type { localMoranPermutation } from '../statistics/local-moran-permutation.ts';
import { normalApproximation } from '../statistics/normal-approximation.ts';
import type { poissonChange } from '../statistics/poisson-change.ts';
import type { quarticDensity } from '../statistics/quartic-density.ts';
import { significanceClass } from '../statistics/significance-class.ts';
import type { Database } from '../store/database.ts';
import { inThread, task } from '../threads.ts';
import { countFilter, dateExtent } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { remember } from './remember.ts';
import { type Study, studyArea, sumByStudyCell } from './study-area.ts';
import { daysIn, periodNotes, sourceNotes } from './study-notes.ts';

/** One value a cell, in the order of the study's cells; null where a statistic is undefined. */
export type MeasureColumn = { readonly name: string; readonly values: ArrayLike<number | string | null> };

export type MeasuredCells = {
  readonly study: Study;
  readonly description: StudyDescription;
  readonly notes: readonly string[];
  readonly periods: { readonly current: DateRange; readonly previous: DateRange | null };
  readonly total: number;
  readonly located: number;
  readonly columns: readonly MeasureColumn[];
};

/** What a measurement works on. */
type Work = {
  readonly holdings: Holdings;
  readonly filter: Filter;
  readonly options: MeasureOptions;
  readonly study: Study;
  /** Counts, or weights if asked. */
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly previous: Float64Array | null;
  readonly periods: { readonly current: DateRange; readonly previous: DateRange | null };
  readonly harm: HarmIndex | null;
  readonly notes: string[];
};

const statistics = new URL('../statistics/', import.meta.url);
const tasks = {
  giStar: task<typeof giStar>(new URL('gi-star.ts', statistics), 'giStar'),
  giStarPermutation: task<typeof giStarPermutation>(new URL('gi-star-permutation.ts', statistics), 'giStarPermutation'),
  giStarRandomisation: task<typeof giStarRandomisation>(
    new URL('gi-star-randomisation.ts', statistics),
    'giStarRandomisation',
  ),
  localMoran: task<typeof localMoran>(new URL('local-moran.ts', statistics), 'localMoran'),
  localMoranPermutation: task<typeof localMoranPermutation>(
    new URL('local-moran-permutation.ts', statistics),
    'localMoranPermutation',
  ),
  quarticDensity: task<typeof quarticDensity>(new URL('quartic-density.ts', statistics), 'quarticDensity'),
  poissonChange: task<typeof poissonChange>(new URL('poisson-change.ts', statistics), 'poissonChange'),
  emergingHotSpots: task<typeof emergingHotSpots>(new URL('emerging-hot-spots.ts', statistics), 'emergingHotSpots'),
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
  return remember(holdings, key, () => measure(database, holdings, harm, filter, layer, resolution, options));
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
  const work = await prepare(database, holdings, harm, filter, layer, resolution, options);
  const columns: MeasureColumn[] = [{ name: 'count', values: work.counts }];
  for (const measure of options.measures) if (measure !== 'count') columns.push(...(await measured[measure](work)));
  // `change` brings `previous` along too: one is enough
  const distinct = columns.filter((column, index) => columns.findIndex(({ name }) => name === column.name) === index);
  const { current } = await countFilter(holdings, filter);
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

async function prepare(
  database: Database,
  holdings: Holdings,
  harm: HarmIndex | null,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  options: MeasureOptions,
): Promise<Work> {
  const extent = dateExtent(holdings);
  if (!extent) throw new InputError('no incidents are held; import some before asking for statistics');
  const { current, previous } = await countFilter(holdings, filter);
  const counted = previous ? [current.byPlace, previous.byPlace] : [current.byPlace];
  const study = await studyArea(database, holdings, filter, layer, resolution, counted);
  const counts = sumByStudyCell(holdings, study, current.byPlace);
  const periods = {
    current: { from: filter.from ?? extent.from, to: filter.to ?? extent.to },
    previous: comparePeriod(filter, extent),
  };
  const work = {
    holdings,
    filter,
    options,
    study,
    counts,
    values: counts,
    previous: previous && sumByStudyCell(holdings, study, previous.byPlace),
    periods,
    harm,
    notes: [...sourceNotes(holdings, filter, resolution), ...periodNotes(holdings, periods)],
  };
  return options.weight === 'harm' ? { ...work, values: harmOf(work) } : work;
}

type Measurer = (work: Work) => Promise<MeasureColumn[]>;

const measured: Readonly<Record<Exclude<MeasureOptions['measures'][number], 'count'>, Measurer>> = {
  async giStar(work) {
    const { study, values, options } = work;
    const { z, p: normalP } = await inThread(tasks.giStar, values, study.neighbours);
    const p = (await permutationP(work)) ?? normalP;
    noteSparse(work);
    const q = adjustP(p, 'benjamini-hochberg');
    const judged = judge(p, q, options.correction);
    const classes = z.map((value, cell) => significanceClass(value, judged[cell] ?? null));
    return [
      { name: 'giStarZ', values: z },
      { name: 'giStarP', values: p },
      { name: 'giStarQ', values: q },
      { name: 'giStarClass', values: classes },
    ];
  },

  async localMoran(work) {
    const { study, values, options } = work;
    const { i, z, p: normalP, quadrant } = await inThread(tasks.localMoran, values, study.neighbours);
    const { permutations, seed } = options;
    const p =
      options.p === 'normal'
        ? normalP
        : await inThread(tasks.localMoranPermutation, values, study.neighbours, { permutations, seed });
    noteSparse(work);
    return [
      { name: 'localMoranI', values: i },
      { name: 'localMoranZ', values: z },
      { name: 'localMoranP', values: p },
      { name: 'quadrant', values: quadrant },
    ];
  },

  async density(work) {
    const { study, holdings, options } = work;
    const { lats, lngs } = cellCentres(study.cells);
    const origin = { lat: lats[0] ?? 0, lng: lngs[0] ?? 0 };
    const { places } = holdings.columns;
    const weights = await weightsByPlace(work);
    const values = await inThread(
      tasks.quarticDensity,
      { ...localMetres(origin, places.lats, places.lngs), weights },
      localMetres(origin, lats, lngs),
      options.bandwidth ?? bandwidthOf(study),
    );
    return [{ name: 'density', values }];
  },

  async change(work) {
    const { previous, counts, periods, notes } = work;
    if (!previous || !periods.previous) {
      throw new InputError(
        'measures: change needs a period to compare with; add compare=previous-year, previous-period or a range',
      );
    }
    const exposures = { first: daysIn(periods.current), second: daysIn(periods.previous) };
    const { change, p } = await inThread(tasks.poissonChange, counts, previous, exposures);
    if (exposures.first !== exposures.second) {
      notes.push(
        `The periods differ in length (${exposures.first} and ${exposures.second} days): changeP compares rates, change is the plain difference of counts.`,
      );
    }
    return [
      { name: 'previous', values: previous },
      { name: 'change', values: change },
      { name: 'changeP', values: p },
      { name: 'changeQ', values: adjustP(p, 'benjamini-hochberg') },
    ];
  },

  async emerging(work) {
    const { holdings, filter, options, study, periods, notes } = work;
    const steps = equalPeriods(periods.current, options.steps);
    if (!steps) {
      throw new InputError(
        `steps: ${options.steps} periods do not fit into ${periods.current.from} to ${periods.current.to}; ask for fewer`,
      );
    }
    const { compare: _, from: __, to: ___, ...rest } = filter;
    const counts = countPeriods(holdings.columns, compileFilter(holdings.columns, rest), steps);
    const byStep = counts.map((byPlace) => sumByStudyCell(holdings, study, byPlace));
    const correction = options.correction === 'fdr' ? 'benjamini-hochberg' : options.correction;
    const { classes } = await inThread(tasks.emergingHotSpots, byStep, study.neighbours, { correction });
    notes.push(
      `Emerging classes compare ${steps.length} periods, from ${steps[0]!.from} to ${steps.at(-1)!.to}, each judged against its own map.`,
    );
    return [{ name: 'emerging', values: classes }];
  },

  async harm(work) {
    return [{ name: 'harm', values: harmOf(work) }];
  },
};

function judge(p: readonly (number | null)[], q: readonly (number | null)[], correction: MeasureOptions['correction']) {
  if (correction === 'fdr') return q;
  return adjustP(p, correction);
}

/** The p of Gi* by permutation if that was asked for, else null. */
async function permutationP({ values, study, options }: Work): Promise<readonly (number | null)[] | null> {
  const { permutations, seed } = options;
  if (options.p === 'conditional')
    return inThread(tasks.giStarPermutation, values, study.neighbours, { permutations, seed });
  if (options.p === 'randomisation')
    return inThread(tasks.giStarRandomisation, values, study.neighbours, { permutations, seed });
  return null;
}

function noteSparse({ counts, study, options, notes }: Work): void {
  if (options.p !== 'normal') return;
  const { doubtful, meanTotal, skewness } = normalApproximation(counts, study.neighbours);
  if (!doubtful) return;
  const note = `The counts are too sparse or too uneven for the normal approximation (${meanTotal.toFixed(1)} incidents in an average neighbourhood, skewness ${skewness === null ? 'undefined' : skewness.toFixed(1)}): it overstates how sure the hot spots are. Ask for p=randomisation to test by permutation.`;
  if (!notes.includes(note)) notes.push(note);
}

function harmOf({
  holdings,
  filter,
  harm,
  study,
  notes,
}: Pick<Work, 'holdings' | 'filter' | 'harm' | 'study' | 'notes'>): Float64Array {
  if (!harm) throw new InputError('harm: no harm index is installed; put one into data/harm (data/README.md says how)');
  notes.push(`Harm weights: ${harm.title}, version ${harm.version}; categories without a weight count as 0.`);
  const { compare: _, ...plain } = filter;
  return sumByStudyCell(
    holdings,
    study,
    weighIncidents(holdings.columns, compileFilter(holdings.columns, plain), harm.weightOf),
  );
}

async function weightsByPlace({ holdings, filter, options, harm }: Work): Promise<ArrayLike<number>> {
  const { compare: _, ...plain } = filter;
  if (options.weight === 'harm' && harm) {
    return weighIncidents(holdings.columns, compileFilter(holdings.columns, plain), harm.weightOf);
  }
  return (await countFilter(holdings, plain)).current.byPlace;
}

/** The bandwidth used when none is asked for, from the mean area of the study's cells. */
function bandwidthOf(study: Study): number {
  return defaultBandwidth(meanCellArea(study.cells));
}

function describe(work: Work): StudyDescription {
  const { study, options, values } = work;
  return {
    areas: study.areas.map(({ layer, code }) => `${layer}:${code}`),
    resolution: study.resolution,
    cells: study.cells.length,
    zeros: values.reduce((zeros, value) => zeros + (value === 0 ? 1 : 0), 0),
    cellsOutsideAreas: study.added,
    neighbours: 'cells that share an edge (H3 ring 1), within the study area; Gi* includes the cell itself',
    correction:
      options.correction === 'fdr' ? 'Benjamini–Hochberg over all cells of the study area' : options.correction,
    p: options.p,
    permutations: options.p === 'normal' ? null : options.permutations,
    seed: options.p === 'normal' ? null : options.seed,
    bandwidthMetres: options.measures.includes('density') ? (options.bandwidth ?? bandwidthOf(study)) : null,
    weight: options.weight,
  };
}
