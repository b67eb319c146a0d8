import { computed, effect } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { areas, rankedAreas } from '../data.ts';
import { view } from '../state.ts';
import { classBreaks } from './class-breaks.ts';
import { shownPicture } from './map-signals.ts';
import { areaColour, layerIds } from './map-style.ts';

const showsHexagons = computed(() => view.value.show === 'hexagons');
/** The areas of the filter, in an order that counts do not change. */
const plainCodes = computed(() =>
  rankedAreas.value
    .map(({ code }) => code)
    .sort()
    .join(' '),
);

/** Colours the areas: by count when they are what is shown, else plain, those outside the filter dimmed. */
export function followAreas(map: MapLibreMap): () => void {
  return effect(() => {
    if (showsHexagons.value) {
      const plain = plainCodes.value.split(' ').map((code) => ({ code, count: 0 }));
      map.setPaintProperty(layerIds.areaFill, 'fill-color', areaColour(plainCodes.value ? plain : [], []));
      return;
    }
    const { data } = areas.state.value;
    if (!data) return;
    const counted = rankedAreas.value;
    const classes = classBreaks(counted.map(({ count }) => count));
    map.setPaintProperty(layerIds.areaFill, 'fill-color', areaColour(counted, classes));
    shownPicture.value = { kind: 'areas', layer: data.layer, validFrom: data.validFrom, classes };
  });
}
