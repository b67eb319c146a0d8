import { onBehalfOf } from '../askers.ts';
import { cellOfKey } from '../count/cell-index.ts';
import { inThread, task } from '../threads.ts';
import { type CellGeometry, cellGeometry } from '../tiles/cell-geometry.ts';
import type { Holdings } from './load-holdings.ts';
import { prepareCells } from './prepare-cells.ts';
import { remember, remembered } from './remember.ts';
import type { Study } from './study-area.ts';

/** Outlines of more cells than this are made in a thread: it takes some microseconds a cell. */
const manyOutlines = 2_000;
const outlineTask = task<typeof outlinesOf>(new URL('./outline-cells.ts', import.meta.url), 'outlinesOf', 'quick');
const keyOf = (resolution: number) => `outlines ${resolution}`;

/** Outlines of the held cells of a resolution, made at their first use. */
export function outlineCells(holdings: Holdings, resolution: number): Promise<CellGeometry> {
  return remember(
    holdings,
    keyOf(resolution),
    async () => outline((await prepareCells(holdings, resolution)).keys, resolution),
    ({ ringStart, coordinates, tree }) => ringStart.byteLength + coordinates.byteLength + tree.byteLength,
  );
}

/** Makes the outlines that former holdings had, so that the first to look at newer ones need not wait. */
export async function outlineAsBefore(
  former: Holdings,
  newer: Holdings,
  resolutions: readonly number[],
): Promise<void> {
  for (const resolution of resolutions) {
    if (remembered(former, keyOf(resolution))) await outlineCells(newer, resolution);
  }
}

const studyOutlines = new WeakMap<Study, Promise<CellGeometry>>();

/** Outlines of the cells of a study area, made at their first use. */
export function outlineStudy(study: Study): Promise<CellGeometry> {
  // several may wait for it: it does not end with the first who asked
  const known =
    studyOutlines.get(study) ?? onBehalfOf(new AbortController().signal, () => outline(study.keys, study.resolution));
  studyOutlines.set(study, known);
  known.catch(() => studyOutlines.delete(study));
  return known;
}

async function outline(keys: Float64Array, resolution: number): Promise<CellGeometry> {
  return keys.length < manyOutlines ? outlinesOf(keys, resolution) : inThread(outlineTask, keys, resolution);
}

/** Outlines of cells given by their keys. */
export function outlinesOf(keys: Float64Array, resolution: number): CellGeometry {
  return cellGeometry(Array.from(keys, (key) => cellOfKey(key, resolution)));
}
