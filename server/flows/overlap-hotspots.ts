import type { OverlapAnswer } from '../analyses-model.ts';
import type { AreaLayer } from '../count/columns.ts';
import { filterKey } from '../count/parse-filter.ts';
import { type Filter, type MeasureOptions, significanceClasses } from '../model.ts';
import type { NormalApproximation } from '../statistics/normal-approximation.ts';
import { overlap } from '../statistics/overlap.ts';
import type { similarityIndex } from '../statistics/similarity-index.ts';
import type { Database } from '../store/database.ts';
import { inThread, task } from '../threads.ts';
import { countPlaces } from './count-filter.ts';
import { describeStudy } from './describe-study.ts';
import type { Holdings } from './load-holdings.ts';
import { remember } from './remember.ts';
import type { cellsOfClasses } from './statistics-work.ts';
import { cellAt, type Study, studyArea, sumEach } from './study-area.ts';
import { sourceNotes } from './study-notes.ts';
import { whole } from './wording.ts';

/** One of the two sets of incidents: what was asked, and the filter it means. */
export type OverlapSide = { readonly asked: string; readonly filter: Filter };
export type OverlapOptions = Pick<MeasureOptions, 'correction' | 'p' | 'permutations' | 'seed'> & {
  /** Cells are hot at this per cent of confidence. */
  readonly level: 90 | 95 | 99;
};

const samples = 200;
const tasks = {
  cellsOfClasses: task<typeof cellsOfClasses>(new URL('./statistics-work.ts', import.meta.url), 'cellsOfClasses'),
  similarityIndex: task<typeof similarityIndex>(
    new URL('../statistics/similarity-index.ts', import.meta.url),
    'similarityIndex',
  ),
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
  const [countsA, countsB] = (await sumEach(holdings, study, [a.byPlace, b.byPlace])) as [Float64Array, Float64Array];
  const [inA, inB, similarity] = await Promise.all([
    hotCells(countsA, study, options),
    hotCells(countsB, study, options),
    inThread(tasks.similarityIndex, countsA, countsB, { seed: options.seed, samples }),
  ]);
  const [hotA, hotB] = [isHot(inA.hot), isHot(inB.hot)];
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
      ...sparseNotes('a', inA.approximation),
      ...sparseNotes('b', inB.approximation),
      ...(similarity.s === null ? ['a or b has no incident in the study area: the S-index is not defined.'] : []),
      'The S-index takes a as the base and b as the test pattern; the other way round it may differ.',
    ],
  };
}

function hotCells(counts: Float64Array, study: Study, options: OverlapOptions) {
  const wanted = significanceClasses.slice(0, [99, 95, 90].indexOf(options.level) + 1);
  return inThread(tasks.cellsOfClasses, counts, study.neighbours, options, wanted);
}

const isHot = (hot: Uint8Array) => Array.from(hot, (is) => is === 1);

function listCells(
  study: Study,
  hotA: readonly boolean[],
  hotB: readonly boolean[],
  countsA: Float64Array,
  countsB: Float64Array,
): OverlapAnswer['cells'] {
  const order = ['both', 'a', 'b'];
  return hotA
    .flatMap((isA, at) => {
      if (!isA && !hotB[at]) return [];
      const hotIn = isA ? (hotB[at] ? ('both' as const) : ('a' as const)) : ('b' as const);
      return [{ cell: cellAt(study, at), hotIn, countA: countsA[at]!, countB: countsB[at]! }];
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

function sparseNotes(name: string, approximation: NormalApproximation | null): string[] {
  if (!approximation?.doubtful) return [];
  return [
    `${name}: the counts are too sparse or too uneven for the normal approximation, which overstates how sure the hot spots are. Ask for p=randomisation to test by permutation.`,
  ];
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)];
}
