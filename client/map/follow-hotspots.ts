import { effect } from '@preact/signals';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { Hotspot } from '../../server/model.ts';
import { cellGeometry } from './cell-geometry.ts';
import { outlinedHotspots } from './outlined-hotspots.ts';

/** Outlines the hot spots and writes their ranks and names, on the map of hot spots. */
export function followHotspots(map: MapLibreMap): () => void {
  return effect(() => {
    const places = outlinedHotspots.value;
    const properties = ({ id, rank, name }: Hotspot) => ({ id, rank, name });
    setFeatures(
      map,
      'hotspots',
      places.map((place) => ({ type: 'Feature', geometry: place.polygon, properties: properties(place) })),
    );
    setFeatures(
      map,
      'hotspot-labels',
      places.map((place) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: labelPoint(place.cells) },
        properties: properties(place),
      })),
    );
  });
}

function setFeatures(map: MapLibreMap, source: string, features: GeoJSON.Feature[]): void {
  map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features });
}

/** The middle of the hexagon nearest to the middle of them all: it lies inside, whatever the shape. */
function labelPoint(cells: readonly string[]): [number, number] {
  const centres = cells.map((cell) => cellGeometry.centreOf(cell));
  const mean = (part: 'lat' | 'lng') => centres.reduce((sum, centre) => sum + centre[part], 0) / centres.length;
  const [lat, lng] = [mean('lat'), mean('lng')];
  const shrink = Math.cos((lat * Math.PI) / 180);
  const distance = (centre: { lat: number; lng: number }) => Math.hypot(centre.lat - lat, (centre.lng - lng) * shrink);
  const nearest = centres.reduce((best, centre) => (distance(centre) < distance(best) ? centre : best));
  return [nearest.lng, nearest.lat];
}
