import type { StudyDescription } from '../../server/model.ts';
import { formatCount } from '../format.ts';
import { areaNoun, areaNouns } from '../layer-names.ts';
import type { Correction } from '../view.ts';

/** The names of the corrections. */
export const correctionNames: Readonly<Record<Correction, string>> = {
  fdr: 'False discovery rate (Benjamini–Hochberg)',
  bonferroni: 'Bonferroni',
  none: 'None',
};

/** How the classes stand the test of so many hexagons at once. */
export function correctionWords(correction: Correction, cells: number): string {
  if (correction === 'none')
    return `Not corrected for testing ${formatCount(cells)} cells at once: by chance alone about ${formatCount(cells / 20)} of them would pass at 95%.`;
  const name = correction === 'fdr' ? 'false discovery rate (Benjamini–Hochberg)' : 'Bonferroni, which is strict';
  return `Corrected for testing ${formatCount(cells)} cells at once: ${name}.`;
}

/** Where p comes from. */
export function probabilityWords({
  p,
  permutations,
  seed,
}: Pick<StudyDescription, 'p' | 'permutations' | 'seed'>): string {
  if (p === 'normal' || permutations === null) return 'p by the normal approximation.';
  return `p from ${formatCount(permutations)} random permutations, seed ${seed}.`;
}

/** The study area in a line: `1,035 hexagons of 11 wards, 690 of them without an incident.` */
export function studyWords({ cells, zeros, areas, cellsOutsideAreas }: StudyDescription): string {
  const layer = areas[0]?.split(':')[0];
  const nouns = layer && (areas.length === 1 ? areaNoun(layer) : areaNouns(layer));
  const of = nouns ? ` of ${formatCount(areas.length)} ${nouns}` : '';
  const outside = cellsOutsideAreas > 0 && nouns ? ` (${formatCount(cellsOutsideAreas)} just outside)` : '';
  return `${formatCount(cells)} hexagons${of}${outside}, ${formatCount(zeros)} of them without an incident.`;
}
