import { equalPeriods } from '../count/count-steps.ts';
import { InputError } from '../errors.ts';
import type { DateRange, Measure } from '../model.ts';
import { defaultBandwidth } from '../statistics/default-bandwidth.ts';
import type { NormalApproximation } from '../statistics/normal-approximation.ts';
import { inThread, task } from '../threads.ts';
import { countByPeriod, weighByPlace } from './count-periods.ts';
import type { densityOfCells } from './density-work.ts';
import { harmOf, type MeasureWork, weightsByPlace } from './measure-work.ts';
import { numberColumn, type PackedColumn, packColumn } from './packed-column.ts';
import type { changeColumns, emergingColumn, giStarColumns, localMoranColumns } from './statistics-work.ts';
import { type Study, sumEach } from './study-area.ts';
import { daysIn, isHeld } from './study-notes.ts';

const work = new URL('./statistics-work.ts', import.meta.url);
const tasks = {
  giStar: task<typeof giStarColumns>(work, 'giStarColumns'),
  localMoran: task<typeof localMoranColumns>(work, 'localMoranColumns'),
  change: task<typeof changeColumns>(work, 'changeColumns'),
  emerging: task<typeof emergingColumn>(work, 'emergingColumn'),
  density: task<typeof densityOfCells>(new URL('./density-work.ts', import.meta.url), 'densityOfCells'),
};

type Measurer = (work: MeasureWork) => Promise<readonly PackedColumn[]>;

/** How each measure is made. */
export const cellMeasures: Readonly<Record<Exclude<Measure, 'count'>, Measurer>> = {
  async giStar({ study, values, counts, options, notes }) {
    const { columns, approximation } = await inThread(tasks.giStar, values, counts, study.neighbours, options);
    noteDoubt(notes, approximation);
    return columns;
  },

  async localMoran({ study, values, counts, options, notes }) {
    const { columns, approximation } = await inThread(tasks.localMoran, values, counts, study.neighbours, options);
    noteDoubt(notes, approximation);
    return columns;
  },

  async density(work) {
    const { study, holdings, options } = work;
    const { lats, lngs } = holdings.columns.places;
    const density = await inThread(
      tasks.density,
      { lats, lngs, weights: await weightsByPlace(work) },
      { keys: study.keys, resolution: study.resolution },
      options.bandwidth ?? bandwidthOf(study),
    );
    return [numberColumn('density', density)];
  },

  async change(work) {
    const { previous, counts, periods, notes, options } = work;
    if (!periods.previous) {
      throw new InputError(
        'measures: change needs a period to compare with; add compare=previous-year, previous-period or a range',
      );
    }
    const undefinedValues = new Array<null>(counts.length).fill(null);
    if (!previous) return ['previous', 'change', 'changeP', 'changeQ'].map((name) => packColumn(name, undefinedValues));
    const exposures = { first: daysIn(periods.current), second: daysIn(periods.previous) };
    const columns = await inThread(tasks.change, counts, previous, exposures);
    if (exposures.first !== exposures.second) {
      notes.push(
        `The periods differ in length (${exposures.first} and ${exposures.second} days): changeP compares rates, change is the plain difference of counts.`,
      );
    }
    if (options.weight === 'harm') notes.push('Change is that of counts: there is no exact test for weights.');
    return [numberColumn('previous', previous), ...columns];
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
    const column = await inThread(tasks.emerging, byStep, study.neighbours, { correction });
    notes.push(
      `Emerging classes compare ${steps.length} periods, from ${steps[0]?.from} to ${steps.at(-1)?.to}, each judged against its own map.`,
    );
    if (steps.length < all.length)
      notes.push(`${all.length - steps.length} periods in which nothing is held are left out.`);
    return [column];
  },

  async harm(work) {
    return [numberColumn('harm', await harmOf(work))];
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

function noteDoubt(notes: string[], approximation: NormalApproximation | null): void {
  if (!approximation?.doubtful) return;
  const { meanTotal, skewness } = approximation;
  const note = `The counts are too sparse or too uneven for the normal approximation (${meanTotal.toFixed(1)} incidents in an average neighbourhood, skewness ${skewness === null ? 'undefined' : skewness.toFixed(1)}): it overstates how sure the hot spots are. Ask for p=randomisation to test by permutation.`;
  if (!notes.includes(note)) notes.push(note);
}

/** The bandwidth used when none is asked for, from the mean area of the study's cells. */
export function bandwidthOf({ cellArea }: Study): number {
  return defaultBandwidth(cellArea);
}
