import { effect } from '@preact/signals';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { streets } from '../data.ts';

/** Puts street names where the incidents' own locations put them. */
export function followStreets(map: MapLibreMap): () => void {
  return effect(() => {
    const named = streets.state.value.data?.streets ?? [];
    map.getSource<GeoJSONSource>('streets')?.setData({
      type: 'FeatureCollection',
      features: named.map(({ name, lat, lng, count }) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [lng, lat] },
        properties: { name, count },
      })),
    });
  });
}
