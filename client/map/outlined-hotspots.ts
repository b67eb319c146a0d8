import { computed } from '@preact/signals';
import type { Hotspot } from '../../server/model.ts';
import { hotspots, hotspotsUrl, shownMeasure } from '../data.ts';
import { view } from '../state.ts';

const none: readonly Hotspot[] = [];

/** The hot spots outlined on the map: none while the answer is one to another filter. */
export const outlinedHotspots = computed<readonly Hotspot[]>(() => {
  if (shownMeasure.value !== 'giStar' || !view.value.outlines) return none;
  const { data, url, error } = hotspots.state.value;
  return data && !error && url === hotspotsUrl.value ? data.hotspots : none;
});
