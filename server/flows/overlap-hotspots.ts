import type { OverlapAnswer } from '../analyses-model.ts';
import type { AreaLayer } from '../count/columns.ts';
import { filterKey } from '../count/parse-filter.ts';
import { type Filter, type MeasureOptions, significanceClasses } from '../model.ts';
import { adjustP } from '../statistics/adjust-p.ts';
import type { giStar } from '../statistics/gi-star.ts';
import type { giStarPermutation } from '../statistics/gi-star-permutation.ts';
import type { giStarRandomisation } from '../statistics/gi-star-randomisation.ts';
import { normalApproximation } from '../statistics/normal-approximation.ts';
import { overlap } from '../statistics/overlap.ts';
import { significanceClass } from '../statistics/significance-class.ts';
import type { similarityIndex } from '../statistics/similarity-index.ts';
import type { Database } from '../store/database.ts';
import { inThread, task } from '../threads.ts';
import { countPlaces } from './count-filter.ts';
import { describeStudy } from './describe-study.ts';
import type { Holdings } from './load-holdings.ts';
import { remember } from './remember.ts';
import { type Study, studyArea, sumByStudyCell } from './study-area.ts';
import { sourceNotes } from './study-notes.ts';
import { whole } from './wording.ts';

/** One of the two sets of incidents: what was asked, and the filter it means. */
export type OverlapSide = { readonly asked: string; readonly filter: Filter };
export type OverlapOptions = Pick<MeasureOptions, 'correction' | 'p' | 'permutations' | 'seed'> & {
  /** Cells are hot at this per cent of confidence. */
  readonly level: 90 | 95 | 99;
};

const samples = 200;
const statistics = new URL('../statistics/', import.meta.url);
const tasks = {
  giStar: task<typeof giStar>(new URL('gi-star.ts', statistics), 'giStar'),
  conditional: task<typeof giStarPermutation>(new URL('gi-star-permutation.ts', statistics), 'giStarPermutation'),
  randomisation: task<typeof giStarRandomisation>(
    new URL('gi-star-randomisation.ts', statistics),
    'giStarRandomisation',
  ),
  similarityIndex: task<typeof similarityIndex>(new URL('similarity-index.ts', statistics), 'similarityIndex'),
};

/** Whether two sets of incidents have their hot spots in the same cells of one study area. */
export function overlapHotspots(
  database: Database,
  holdings: Holdings,
  sides: { readonly a: OverlapSide; readonly b: OverlapSide },
  layer: AreaLayer | null,
  resolution: number,
  options: OverlapOptions,
): Promise<OverlapAnswer> {
  const filters = [sides.a, sides.b].map(({ asked, filter }) => `${asked} ${filterKey(filter)}`).join(' ');
  const key = `overlap ${filters} ${layer?.layer} ${layer?.validFrom} ${resolution} ${JSON.stringify(options)}`;
  return remember(holdings, key, () => compare(database, holdings, sides, layer, resolution, options));
}

async function compare(
  database: Database,
  holdings: Holdings,
  sides: { readonly a: OverlapSide; readonly b: OverlapSide },
  layer: AreaLayer | null,
  resolution: number,
  options: OverlapOptions,
): Promise<OverlapAnswer> {
  const [{ current: a }, { current: b }] = await Promise.all([
    countPlaces(holdings, sides.a.filter),
    countPlaces(holdings, sides.b.filter),
  ]);
  const study = await studyArea(database, holdings, sides.a.filter, layer, resolution, [a.byPlace, b.byPlace]);
  const countsA = sumByStudyCell(holdings, study, a.byPlace);
  const countsB = sumByStudyCell(holdings, study, b.byPlace);
  const [hotA, hotB, similarity] = await Promise.all([
    hotCells(countsA, study, options),
    hotCells(countsB, study, options),
    inThread(tasks.similarityIndex, countsA, countsB, { seed: options.seed, samples }),
  ]);
  const { onlyFirst: onlyA, onlySecond: onlyB, ...shared } = overlap(hotA, hotB);
  const together = Float64Array.from(countsA, (count, cell) => count + countsB[cell]!);
  return {
    version: holdings.columns.version,
    resolution,
    level: options.level,
    a: { asked: sides.a.asked, total: a.total, located: a.located, hot: shared.both + onlyA },
    b: { asked: sides.b.asked, total: b.total, located: b.located, hot: shared.both + onlyB },
    ...shared,
    onlyA,
    onlyB,
    similarity: { s: similarity.s, robust: similarity.robust, seed: options.seed, samples },
    finding: describe(shared, shared.both + onlyA, shared.both + onlyB),
    cells: listCells(study, hotA, hotB, countsA, countsB),
    study: describeStudy(study, together, rulesOf(options)),
    notes: [
      ...distinct([
        ...(await sourceNotes(holdings, sides.a.filter, resolution)),
        ...(await sourceNotes(holdings, sides.b.filter, resolution)),
      ]),
      ...sparseNotes('a', countsA, study, options),
      ...sparseNotes('b', countsB, study, options),
      ...(similarity.s === null ? ['a or b has no incident in the study area: the S-index is not defined.'] : []),
      'The S-index takes a as the base and b as the test pattern; the other way round it may differ.',
    ],
  };
}

async function hotCells(
  counts: Float64Array,
  study: Study,
  { correction, p: kind, permutations, seed, level }: OverlapOptions,
): Promise<boolean[]> {
  const { z, p: normalP } = await inThread(tasks.giStar, counts, study.neighbours);
  const p = kind === 'normal' ? normalP : await inThread(tasks[kind], counts, study.neighbours, { permutations, seed });
  const judged = adjustP(p, correction === 'fdr' ? 'benjamini-hochberg' : correction);
  const hotClasses = significanceClasses.slice(0, [99, 95, 90].indexOf(level) + 1) as readonly string[];
  return z.map((value, cell) => hotClasses.includes(significanceClass(value, judged[cell] ?? null) ?? 'none'));
}

function listCells(
  { cells }: Study,
  hotA: readonly boolean[],
  hotB: readonly boolean[],
  countsA: Float64Array,
  countsB: Float64Array,
): OverlapAnswer['cells'] {
  const order = ['both', 'a', 'b'];
  return cells
    .flatMap((cell, at) => {
      if (!hotA[at] && !hotB[at]) return [];
      const hotIn = hotA[at] ? (hotB[at] ? ('both' as const) : ('a' as const)) : ('b' as const);
      return [{ cell, hotIn, countA: countsA[at]!, countB: countsB[at]! }];
    })
    .sort((one, other) => order.indexOf(one.hotIn) - order.indexOf(other.hotIn));
}

function describe(
  { both, expectedBoth }: { readonly both: number; readonly expectedBoth: number | null },
  hotA: number,
  hotB: number,
): string | null {
  if (expectedBoth === null || hotA + hotB === 0) return null;
  const chance = expectedBoth < 10 ? expectedBoth.toFixed(1) : whole(expectedBoth);
  return `${whole(both)} cells are hot in both, where two unrelated maps with ${whole(hotA)} and ${whole(hotB)} hot cells would share ${chance} on average.`;
}

function rulesOf({ correction, p, permutations, seed }: OverlapOptions) {
  return {
    correction: correction === 'fdr' ? 'Benjamini–Hochberg over all cells of the study area' : correction,
    p,
    permutations: p === 'normal' ? null : permutations,
    seed,
  };
}

function sparseNotes(name: string, counts: Float64Array, { neighbours }: Study, { p }: OverlapOptions): string[] {
  if (p !== 'normal' || !normalApproximation(counts, neighbours).doubtful) return [];
  return [
    `${name}: the counts are too sparse or too uneven for the normal approximation, which overstates how sure the hot spots are. Ask for p=randomisation to test by permutation.`,
  ];
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)];
}
