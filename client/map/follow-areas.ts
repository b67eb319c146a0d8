import { effect } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { areas, rankedAreas } from '../data.ts';
import { areaAt } from '../places.ts';
import { view } from '../state.ts';
import { areaFinder } from './area-finder.ts';
import { classBreaks } from './class-breaks.ts';
import { shownPicture } from './map-signals.ts';
import { areaColour, layerIds } from './map-style.ts';

/** Colours the areas: by count when they are what is shown, else plain, those outside the filter dimmed. */
export function followAreas(map: MapLibreMap): () => void {
  const stopColours = effect(() => {
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
  const stopFinder = followPolygons(map);
  return () => {
    stopColours();
    stopFinder();
  };
}

/** Keeps the look-up of the area at a position in step with the polygons that are loaded. */
function followPolygons(map: MapLibreMap): () => void {
  let stale = true;
  const onData = (event: { sourceId?: string }) => {
    stale ||= event.sourceId === 'areas';
  };
  const onIdle = () => {
    if (!stale) return;
    stale = false;
    areaAt.value = areaFinder(map.querySourceFeatures('areas', { sourceLayer: 'areas' }));
  };
  map.on('sourcedata', onData);
  map.on('idle', onIdle);
  return () => {
    map.off('sourcedata', onData);
    map.off('idle', onIdle);
    areaAt.value = null;
  };
}
