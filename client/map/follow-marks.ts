import { computed, effect } from '@preact/signals';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { areaLayerData } from '../data.ts';
import { hotspotOf } from '../places.ts';
import { hovered, view } from '../state.ts';
import { type Place, samePlace } from '../view.ts';
import { cellGeometry } from './cell-geometry.ts';
import { layerIds } from './map-style.ts';

/** Only this part of the view: other changes of it must not have the map drawn again. */
const selectedPlace = computed(() => view.value.place);

/** Outlines the hovered and the selected place, and brings a newly selected one into view. */
export function followMarks(map: MapLibreMap): () => void {
  const stopMarks = effect(() => {
    const marks = { hovered: hovered.value, selected: selectedPlace.value };
    markAreas(map, marks);
    map.getSource<GeoJSONSource>('marks')?.setData({
      type: 'FeatureCollection',
      features: Object.entries(marks).flatMap(([mark, place]) => featuresOf(place, mark)),
    });
  });
  let last = view.peek().place;
  const stopCamera = effect(() => {
    const place = selectedPlace.value;
    if (place && !samePlace(place, last)) {
      if (place.kind === 'hotspot') zoomToPlace(map, place);
      else bringIntoView(map, place);
    }
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
  if (bounds) map.fitBounds(bounds, { padding: paddingBesideCards(map), maxZoom: place.kind === 'area' ? 14 : 15 });
}

/** Room for the key and the card: to the left of the place, or below it on a narrow map. */
function paddingBesideCards(map: MapLibreMap) {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const even = { top: 48, right: 48, bottom: 48, left: 48 };
  if (width > 2 * cards.width) return { ...even, left: cards.width + 24 };
  return { ...even, bottom: Math.min(cards.height, height / 2) };
}

function featuresOf(place: Place | null, mark: string): GeoJSON.Feature[] {
  if (place?.kind === 'cell') {
    const geometry = cellGeometry.outlineOf(place.cell);
    return [{ type: 'Feature', geometry, properties: { mark, cell: place.cell } }];
  }
  const hotspot = place?.kind === 'hotspot' && hotspotOf(place.id);
  return hotspot ? [{ type: 'Feature', geometry: hotspot.polygon, properties: { mark, hotspot: hotspot.id } }] : [];
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
  const ring = ringsOf(place).flat();
  if (ring.length === 0) return null;
  const [lngs, lats] = [ring.map(([lng = 0]) => lng), ring.map(([, lat = 0]) => lat)];
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

function ringsOf(place: Exclude<Place, { kind: 'area' }>): GeoJSON.Position[][] {
  if (place.kind === 'cell') return cellGeometry.outlineOf(place.cell).coordinates;
  return hotspotOf(place.id)?.polygon.coordinates.flat() ?? [];
}
