import { computed } from '@preact/signals';
import { cells } from '../data.ts';
import { rankCells } from './cell-ranking.ts';
import type { CellValues } from './cell-values.ts';

/** The hexagons in use, and the address that asked for them: the map, its legend and the lists all read these. */
export type ShownCells = { readonly values: CellValues; readonly url: string };

export const shownCells = computed<ShownCells | null>(() => {
  const { data, url } = cells.state.value;
  return data && url ? { values: data, url } : null;
});

const shownValues = computed(() => shownCells.value?.values ?? null);
export const cellRanking = computed(() => rankCells(shownValues.value));
