import { computed } from '@preact/signals';
import { cells, countsUrl } from '../data.ts';
import type { CountClass } from '../map/class-breaks.ts';
import { player } from '../months/month-player.ts';
import { view } from '../state.ts';
import { rankCells } from './cell-ranking.ts';
import type { CellValues } from './cell-values.ts';

/** The hexagons in use, and the address that asked for them: the map, its legend and the lists all read these. */
export type ShownCells = {
  readonly values: CellValues;
  readonly url: string;
  /** The month that is played, and the classes that all months share. */
  readonly played: { readonly month: string; readonly classes: readonly CountClass[] } | null;
};

/** The answer alone: what is known of the next one changes nothing on the map. */
const answered = computed(() => cells.state.value.data);
const answeredUrl = computed(() => cells.state.value.url);
const filter = computed(() => view.value.filter);

const answeredCells = computed<ShownCells | null>(() => {
  const [values, url] = [answered.value, answeredUrl.value];
  return values && url ? { values, url, played: null } : null;
});

const playedCells = computed<ShownCells | null>(() => {
  const now = player.value;
  const frame = now?.pictures?.frames[now.index];
  if (!now?.pictures || !frame) return null;
  const played = { month: now.months[now.index] as string, classes: now.pictures.classes };
  // At rest the answer to the month itself tells more: the counts of the period compared with.
  const atRest = now.phase === 'paused' && answeredCells.value;
  const own = atRest && atRest.url === countsUrl(filter.value) ? atRest : frame;
  return { values: own.values, url: own.url, played };
});

export const shownCells = computed<ShownCells | null>(() => playedCells.value ?? answeredCells.value);
export const cellRanking = computed(() => rankCells(shownCells.value?.values ?? null));
