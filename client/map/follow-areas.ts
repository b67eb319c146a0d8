import { effect } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { areas, rankedAreas } from '../data.ts';
import { view } from '../state.ts';
import { classBreaks } from './class-breaks.ts';
import { shownPicture } from './map-signals.ts';
import { areaColour, layerIds } from './map-style.ts';

/** Colours the areas: by count when they are what is shown, else plain, those outside the filter dimmed. */
export function followAreas(map: MapLibreMap): () => void {
  return effect(() => {
    const { data } = areas.state.value;
    if (!data) return;
    const counted = rankedAreas.value;
    if (view.value.show === 'hexagons') {
      const plain = counted.map(({ code }) => ({ code, count: 0 }));
      map.setPaintProperty(layerIds.areaFill, 'fill-color', areaColour(plain, []));
      return;
    }
    const classes = classBreaks(counted.map(({ count }) => count));
    map.setPaintProperty(layerIds.areaFill, 'fill-color', areaColour(counted, classes));
    shownPicture.value = { kind: 'areas', layer: data.layer, classes };
  });
}
