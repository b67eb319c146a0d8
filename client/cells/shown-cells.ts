import { computed } from '@preact/signals';
import { cells } from '../data.ts';
import { rankCells } from './cell-ranking.ts';
import type { CellValues } from './cell-values.ts';

/** The hexagons in use, and the address that asked for them: the map, its legend and the lists all read these. */
export type ShownCells = { readonly values: CellValues; readonly url: string };

/** The answer alone: what is known of the next one changes nothing on the map. */
const answered = computed(() => cells.state.value.data);
const answeredUrl = computed(() => cells.state.value.url);

export const shownCells = computed<ShownCells | null>(() => {
  const [values, url] = [answered.value, answeredUrl.value];
  return values && url ? { values, url } : null;
});

export const cellRanking = computed(() => rankCells(shownCells.value?.values ?? null));
