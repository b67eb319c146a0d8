import { effect } from '@preact/signals';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { areaLayerData } from '../data.ts';
import { hovered, view } from '../state.ts';
import { type Place, samePlace } from '../view.ts';
import { cellGeometry } from './cell-geometry.ts';
import { layerIds } from './map-style.ts';

/** Outlines the hovered and the selected place, and brings a newly selected one into view. */
export function followMarks(map: MapLibreMap): () => void {
  const stopMarks = effect(() => {
    const marks = { hovered: hovered.value, selected: view.value.place };
    markAreas(map, marks);
    map.getSource<GeoJSONSource>('marks')?.setData({
      type: 'FeatureCollection',
      features: Object.entries(marks).flatMap(([mark, place]) =>
        place?.kind === 'cell'
          ? [
              {
                type: 'Feature' as const,
                geometry: cellGeometry.outlineOf(place.cell),
                properties: { mark, cell: place.cell },
              },
            ]
          : [],
      ),
    });
  });
  let last = view.peek().place;
  const stopCamera = effect(() => {
    const { place } = view.value;
    if (place && !samePlace(place, last)) bringIntoView(map, place);
    last = place;
  });
  return () => {
    stopMarks();
    stopCamera();
  };
}

/** Moves the map to a place as closely as its size allows. */
export function zoomToPlace(map: MapLibreMap, place: Place): void {
  const bounds = boundsOf(place);
  if (bounds) map.fitBounds(bounds, { padding: 64, maxZoom: place.kind === 'cell' ? 15 : 14 });
}

/** The corner of the map, bottom left, that the key and the place card cover. */
const cards = { width: 360, height: 340 };

function markAreas(map: MapLibreMap, marks: { hovered: Place | null; selected: Place | null }): void {
  const codeOf = (place: Place | null) => (place?.kind === 'area' ? place.code : '');
  for (const suffix of ['', '-casing']) {
    map.setFilter(layerIds.areaHovered + suffix, ['==', ['get', 'code'], codeOf(marks.hovered)]);
    map.setFilter(layerIds.areaSelected + suffix, ['==', ['get', 'code'], codeOf(marks.selected)]);
  }
}

function bringIntoView(map: MapLibreMap, place: Place): void {
  const bounds = boundsOf(place);
  if (!bounds) return;
  const [west, south, east, north] = bounds;
  const centre: [number, number] = [(west + east) / 2, (south + north) / 2];
  const point = map.project(centre);
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const outside = point.x < 0 || point.y < 0 || point.x > width || point.y > height;
  const covered = point.x < cards.width && point.y > height - cards.height;
  if (!outside && !covered) return;
  const aside = width > 2 * cards.width ? cards.width / 2 : 0;
  map.easeTo({ center: centre, offset: [aside, aside > 0 ? 0 : -cards.height / 2] });
}

function boundsOf(place: Place): [number, number, number, number] | null {
  if (place.kind === 'area') return areaLayerData.peek()?.areas.find(({ code }) => code === place.code)?.bbox ?? null;
  const ring = cellGeometry.outlineOf(place.cell).coordinates[0] ?? [];
  const [lngs, lats] = [ring.map(([lng = 0]) => lng), ring.map(([, lat = 0]) => lat)];
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}
