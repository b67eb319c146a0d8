import { equalPeriods } from '../count/count-steps.ts';
import { InputError } from '../errors.ts';
import { meanCellArea } from '../locate/mean-cell-area.ts';
import type { DateRange, Measure, MeasureOptions } from '../model.ts';
import type { adjustP } from '../statistics/adjust-p.ts';
import { defaultBandwidth } from '../statistics/default-bandwidth.ts';
import type { giStar } from '../statistics/gi-star.ts';
import type { giStarPermutation } from '../statistics/gi-star-permutation.ts';
import type { giStarRandomisation } from '../statistics/gi-star-randomisation.ts';
import type { localMoran } from '../statistics/local-moran.ts';
import type { localMoranPermutation } from '../statistics/local-moran-permutation.ts';
import type { normalApproximation } from '../statistics/normal-approximation.ts';
import type { poissonChange } from '../statistics/poisson-change.ts';
import { significanceClass } from '../statistics/significance-class.ts';
import { inThread, task } from '../threads.ts';
import { countByPeriod, weighByPlace } from './count-periods.ts';
import type { densityOfCells } from './density-work.ts';
import type { emergingClasses } from './emerging-work.ts';
import { harmOf, type MeasureWork, weightsByPlace } from './measure-work.ts';
import { type Study, sumEach } from './study-area.ts';
import { daysIn, isHeld } from './study-notes.ts';

/** One value a cell, in the order of the study's cells; null where a statistic is undefined. */
export type MeasureColumn = { readonly name: string; readonly values: ArrayLike<number | string | null> };

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
  densityOfCells: task<typeof densityOfCells>(new URL('./density-work.ts', import.meta.url), 'densityOfCells'),
  poissonChange: task<typeof poissonChange>(new URL('poisson-change.ts', statistics), 'poissonChange'),
  adjustP: task<typeof adjustP>(new URL('adjust-p.ts', statistics), 'adjustP'),
  normalApproximation: task<typeof normalApproximation>(
    new URL('normal-approximation.ts', statistics),
    'normalApproximation',
  ),
  emergingClasses: task<typeof emergingClasses>(new URL('./emerging-work.ts', import.meta.url), 'emergingClasses'),
};

type Measurer = (work: MeasureWork) => Promise<MeasureColumn[]>;

/** How each measure is made. */
export const cellMeasures: Readonly<Record<Exclude<Measure, 'count'>, Measurer>> = {
  async giStar(work) {
    const { study, values, options } = work;
    const { z, p: normalP } = await inThread(tasks.giStar, values, study.neighbours);
    const p = (await permutationP(work)) ?? normalP;
    await noteSparse(work);
    const q = await inThread(tasks.adjustP, p, 'benjamini-hochberg');
    const judged = await judge(p, q, options.correction);
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
    await noteSparse(work);
    return [
      { name: 'localMoranI', values: i },
      { name: 'localMoranZ', values: z },
      { name: 'localMoranP', values: p },
      { name: 'quadrant', values: quadrant },
    ];
  },

  async density(work) {
    const { study, holdings, options } = work;
    const { lats, lngs } = holdings.columns.places;
    const values = await inThread(
      tasks.densityOfCells,
      { lats, lngs, weights: await weightsByPlace(work) },
      { keys: study.keys, resolution: study.resolution },
      options.bandwidth ?? bandwidthOf(study),
    );
    return [{ name: 'density', values }];
  },

  async change(work) {
    const { previous, counts, periods, notes, options } = work;
    if (!periods.previous) {
      throw new InputError(
        'measures: change needs a period to compare with; add compare=previous-year, previous-period or a range',
      );
    }
    const undefinedValues = new Array<null>(counts.length).fill(null);
    if (!previous)
      return ['previous', 'change', 'changeP', 'changeQ'].map((name) => ({ name, values: undefinedValues }));
    const exposures = { first: daysIn(periods.current), second: daysIn(periods.previous) };
    const { change, p } = await inThread(tasks.poissonChange, counts, previous, exposures);
    if (exposures.first !== exposures.second) {
      notes.push(
        `The periods differ in length (${exposures.first} and ${exposures.second} days): changeP compares rates, change is the plain difference of counts.`,
      );
    }
    if (options.weight === 'harm') notes.push('Change is that of counts: there is no exact test for weights.');
    return [
      { name: 'previous', values: previous },
      { name: 'change', values: change },
      { name: 'changeP', values: p },
      { name: 'changeQ', values: await inThread(tasks.adjustP, p, 'benjamini-hochberg') },
    ];
  },

  async emerging(work) {
    const { holdings, options, study, periods, notes } = work;
    const all = equalPeriods(periods.current, options.steps);
    if (!all) {
      throw new InputError(
        `steps: ${options.steps} periods do not fit into ${periods.current.from} to ${periods.current.to}; ask for fewer`,
      );
    }
    const steps = all.filter((step) => isHeld(holdings, step));
    const counted = await placesByPeriod(work, steps);
    const byStep = await sumEach(holdings, study, counted);
    const correction = options.correction === 'fdr' ? 'benjamini-hochberg' : options.correction;
    const classes = await inThread(tasks.emergingClasses, byStep, study.neighbours, { correction });
    notes.push(
      `Emerging classes compare ${steps.length} periods, from ${steps[0]?.from} to ${steps.at(-1)?.to}, each judged against its own map.`,
    );
    if (steps.length < all.length)
      notes.push(`${all.length - steps.length} periods in which nothing is held are left out.`);
    return [{ name: 'emerging', values: classes }];
  },

  async harm(work) {
    return [{ name: 'harm', values: await harmOf(work) }];
  },
};

/** Incidents, or harm, by place for each period. */
async function placesByPeriod(
  { holdings, filter, harm, options }: MeasureWork,
  periods: readonly DateRange[],
): Promise<ArrayLike<number>[]> {
  if (options.weight === 'count' || !harm) return countByPeriod(holdings, filter, periods);
  return Promise.all(periods.map((period) => weighByPlace(holdings, { ...filter, ...period }, harm)));
}

async function judge(
  p: readonly (number | null)[],
  q: readonly (number | null)[],
  correction: MeasureOptions['correction'],
) {
  if (correction === 'none') return p;
  return correction === 'fdr' ? q : inThread(tasks.adjustP, p, correction);
}

/** The p of Gi* by permutation if that was asked for, else null. */
async function permutationP({ values, study, options }: MeasureWork): Promise<readonly (number | null)[] | null> {
  const { permutations, seed } = options;
  if (options.p === 'conditional')
    return inThread(tasks.giStarPermutation, values, study.neighbours, { permutations, seed });
  if (options.p === 'randomisation')
    return inThread(tasks.giStarRandomisation, values, study.neighbours, { permutations, seed });
  return null;
}

async function noteSparse({ counts, study, options, notes }: MeasureWork): Promise<void> {
  if (options.p !== 'normal') return;
  const { doubtful, meanTotal, skewness } = await inThread(tasks.normalApproximation, counts, study.neighbours);
  if (!doubtful) return;
  const note = `The counts are too sparse or too uneven for the normal approximation (${meanTotal.toFixed(1)} incidents in an average neighbourhood, skewness ${skewness === null ? 'undefined' : skewness.toFixed(1)}): it overstates how sure the hot spots are. Ask for p=randomisation to test by permutation.`;
  if (!notes.includes(note)) notes.push(note);
}

/** The bandwidth used when none is asked for, from the mean area of the study's cells. */
export function bandwidthOf(study: Study): number {
  return defaultBandwidth(meanCellArea(study.cells));
}
