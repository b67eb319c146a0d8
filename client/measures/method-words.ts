import type { StudyDescription } from '../../server/model.ts';
import { formatCount } from '../format.ts';
import type { Correction } from '../view.ts';

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

/** The study area in a line: `1,035 hexagons of 11 wards of 2025, 690 of them without an incident.` */
export function studyWords({ cells, zeros, areas, boundaries, cellsOutsideAreas }: StudyDescription): string {
  const named = boundaries.join(' and ');
  const of = named && (areas.length === 1 ? ` of 1 of the ${named}` : ` of ${formatCount(areas.length)} ${named}`);
  const outside = cellsOutsideAreas > 0 && named ? ` (${formatCount(cellsOutsideAreas)} just outside)` : '';
  return `${formatCount(cells)} hexagons${of}${outside}, ${formatCount(zeros)} of them without an incident.`;
}
