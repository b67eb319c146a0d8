import type { StudyDescription } from '../model.ts';
import type { Study } from './study-area.ts';

/** What a study area is, for answers: its cells and areas, and how much of it is empty. */
export function describeStudy(
  study: Study,
  values: ArrayLike<number>,
  rules: Partial<StudyDescription> = {},
): StudyDescription {
  let zeros = 0;
  for (let cell = 0; cell < values.length; cell++) if (values[cell] === 0) zeros++;
  return {
    areas: study.areas.map(({ layer, code }) => `${layer}:${code}`),
    boundaries: [...study.boundaries],
    resolution: study.resolution,
    cells: study.keys.length,
    zeros,
    cellsOutsideAreas: study.added,
    neighbours: 'cells that share an edge (H3 ring 1), within the study area; Gi* includes the cell itself',
    correction: 'none',
    p: 'none',
    permutations: null,
    seed: null,
    bandwidthMetres: null,
    weight: 'count',
    ...rules,
  };
}
