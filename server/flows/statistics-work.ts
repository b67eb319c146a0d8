/** What a thread makes of a measure: all of it at once, since to hand over what lies between takes longer than to make it. */
import type { MeasureOptions } from '../model.ts';
import { adjustP } from '../statistics/adjust-p.ts';
import type { MaybeNumbers } from '../statistics/check-input.ts';
import { emergingHotSpots } from '../statistics/emerging-hot-spots.ts';
import { giStar } from '../statistics/gi-star.ts';
import { giStarPermutation } from '../statistics/gi-star-permutation.ts';
import { giStarRandomisation } from '../statistics/gi-star-randomisation.ts';
import { localMoran } from '../statistics/local-moran.ts';
import { localMoranPermutation } from '../statistics/local-moran-permutation.ts';
import type { Neighbours } from '../statistics/neighbours.ts';
import { type NormalApproximation, normalApproximation } from '../statistics/normal-approximation.ts';
import { poissonChange } from '../statistics/poisson-change.ts';
import type { Exposures } from '../statistics/poisson-exact-test.ts';
import { type SignificanceClass, significanceClass } from '../statistics/significance-class.ts';
import { type PackedColumn, packColumn } from './packed-column.ts';

/** How p-values are come by, and corrected. */
export type Judging = Pick<MeasureOptions, 'p' | 'permutations' | 'seed' | 'correction'>;
/** Columns of a measure; and how good the normal approximation is, if p-values stand on it. */
export type JudgedColumns = {
  readonly columns: readonly PackedColumn[];
  readonly approximation: NormalApproximation | null;
};

/** Gi* of values: z, p, q and class of each cell. `counts` tell whether the normal approximation will do. */
export function giStarColumns(
  values: Float64Array,
  counts: Float64Array,
  neighbours: Neighbours,
  judging: Judging,
): JudgedColumns {
  const { z, p, q, classes } = judgeGiStar(values, neighbours, judging);
  return {
    columns: [
      packColumn('giStarZ', z),
      packColumn('giStarP', p),
      packColumn('giStarQ', q),
      packColumn('giStarClass', classes),
    ],
    approximation: approximationOf(counts, neighbours, judging),
  };
}

/** Local Moran's I: i, z, p and quadrant of each cell. */
export function localMoranColumns(
  values: Float64Array,
  counts: Float64Array,
  neighbours: Neighbours,
  judging: Judging,
): JudgedColumns {
  const { i, z, p: normalP, quadrant } = localMoran(values, neighbours);
  const p = judging.p === 'normal' ? normalP : localMoranPermutation(values, neighbours, judging);
  return {
    columns: [
      packColumn('localMoranI', i),
      packColumn('localMoranZ', z),
      packColumn('localMoranP', p),
      packColumn('quadrant', quadrant),
    ],
    approximation: approximationOf(counts, neighbours, judging),
  };
}

/** The change of each cell from an earlier period: difference, p and q. */
export function changeColumns(counts: Float64Array, previous: Float64Array, exposures: Exposures): PackedColumn[] {
  const { change, p } = poissonChange(counts, previous, exposures);
  return [
    packColumn('change', change),
    packColumn('changeP', p),
    packColumn('changeQ', adjustP(p, 'benjamini-hochberg')),
  ];
}

/** The class of each cell over several periods. */
export function emergingColumn(...question: Parameters<typeof emergingHotSpots>): PackedColumn {
  return packColumn('emerging', emergingHotSpots(...question).classes);
}

/** Which cells are significantly hot in each of several periods: 1 or 0 for each cell. */
export function hotInEach(...question: Parameters<typeof emergingHotSpots>): Uint8Array[] {
  const { z, significant } = emergingHotSpots(...question);
  return significant.map((cells, period) =>
    Uint8Array.from(cells, (is, cell) => (is && (z[period]?.[cell] ?? 0) > 0 ? 1 : 0)),
  );
}

/** For each cell 1 if it is of one of some classes by Gi*; and how good the normal approximation is. */
export function cellsOfClasses(
  counts: Float64Array,
  neighbours: Neighbours,
  judging: Judging,
  wanted: readonly SignificanceClass[],
): { readonly hot: Uint8Array; readonly approximation: NormalApproximation | null } {
  const { classes } = judgeGiStar(counts, neighbours, judging);
  return {
    hot: Uint8Array.from(classes, (name) => (name !== null && wanted.includes(name) ? 1 : 0)),
    approximation: approximationOf(counts, neighbours, judging),
  };
}

function judgeGiStar(values: Float64Array, neighbours: Neighbours, judging: Judging) {
  const { z, p: normalP } = giStar(values, neighbours);
  const p = giStarP(values, neighbours, judging) ?? normalP;
  const q = adjustP(p, 'benjamini-hochberg');
  const { correction } = judging;
  const judged = correction === 'fdr' ? q : adjustP(p, correction);
  const classes = z.map((value, cell) => significanceClass(value, judged[cell] ?? null));
  return { z, p, q, classes };
}

/** The p of Gi* by permutation if that was asked for, else null. */
function giStarP(values: Float64Array, neighbours: Neighbours, judging: Judging): MaybeNumbers | null {
  if (judging.p === 'conditional') return giStarPermutation(values, neighbours, judging);
  return judging.p === 'randomisation' ? giStarRandomisation(values, neighbours, judging) : null;
}

function approximationOf(counts: Float64Array, neighbours: Neighbours, { p }: Judging): NormalApproximation | null {
  return p === 'normal' ? normalApproximation(counts, neighbours) : null;
}
