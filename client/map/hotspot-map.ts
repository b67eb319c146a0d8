import { effect, untracked } from '@preact/signals';
import { AttributionControl, Map as MapLibreMap, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Catalog } from '../../server/model.ts';
import { areaLayer, catalogData, vintageParameters } from '../data.ts';
import { queryText } from '../filter-query.ts';
import { navigate, view } from '../state.ts';
import { roundPosition } from '../view-url.ts';
import { followAreas } from './follow-areas.ts';
import { followCells } from './follow-cells.ts';
import { followHotspots } from './follow-hotspots.ts';
import { followMarks, zoomToPlace } from './follow-marks.ts';
import { followPointer } from './follow-pointer.ts';
import { followStreets } from './follow-streets.ts';
import { mapActions, type ShownPicture, shownPicture } from './map-signals.ts';
import { mapStyle } from './map-style.ts';

/** The element of the map carries it, and what it shows, as properties: browser tests look through them. */
export type MapElement = HTMLElement & { map?: MapLibreMap; picture?: () => ShownPicture | null };

/** Draws the map into an element and keeps it in step with the state; returns what takes it away. */
export function createHotspotMap(element: MapElement, catalog: Catalog): () => void {
  setWorkerUrl(workerUrl);
  const map = new MapLibreMap({
    container: element,
    style: mapStyle(areaTiles(catalog)),
    ...firstCamera(catalog),
    minZoom: 4,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    maxTileCacheSize: 100,
    attributionControl: false,
    locale: { 'Map.Title': 'Map of incidents. Arrow keys move it, plus and minus zoom.' },
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  addControls(map, catalog);
  element.map = map;
  element.picture = () => shownPicture.peek();
  const stops: (() => void)[] = [followPosition(map)];
  map.once('load', () => {
    stops.push(followAreas(map), followCells(map), followMarks(map), followStreets(map), followPointer(map));
    stops.push(followHotspots(map), followAreaTiles(map));
    mapActions.value = { zoomTo: (place) => zoomToPlace(map, place), fitToData: () => fitToData(map) };
  });
  return () => {
    mapActions.value = null;
    for (const stop of stops) stop();
    map.remove();
    delete element.map;
    delete element.picture;
  };
}

function firstCamera({ bounds }: Catalog) {
  const { position } = view.peek();
  if (position) return { center: [position.lng, position.lat] as [number, number], zoom: position.zoom };
  return bounds
    ? { bounds, fitBoundsOptions: { padding: fitPadding() } }
    : { center: [-1.5, 53] as [number, number], zoom: 6 };
}

function fitToData(map: MapLibreMap): void {
  const bounds = catalogData.peek()?.bounds;
  if (bounds) map.fitBounds(bounds, { padding: fitPadding() });
}

/** Room below for the key, where the screen is high enough to spare it. */
function fitPadding() {
  return { top: 24, left: 24, right: 24, bottom: window.innerHeight > 600 ? 176 : 24 };
}

function addControls(map: MapLibreMap, catalog: Catalog): void {
  const attributions = [...catalog.sources, ...catalog.layers].map(({ attribution }) => attribution).filter(Boolean);
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(
    new AttributionControl({ compact: true, customAttribution: [...new Set(attributions)].map(escapeHtml) }),
    'bottom-right',
  );
  // Closed at first: the figures panel names the sources in full.
  map.once('load', () => {
    const attribution = map.getContainer().querySelector('.maplibregl-ctrl-attrib');
    attribution?.removeAttribute('open');
    attribution?.classList.remove('maplibregl-compact-show');
  });
  map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 96 }), 'bottom-right');
}

/** The position goes into the URL when the map comes to rest; Back and links move the map. */
function followPosition(map: MapLibreMap): () => void {
  const here = () => roundPosition({ ...map.getCenter(), zoom: map.getZoom() });
  const publish = () => navigate({ position: here() }, 'replace');
  if (!view.peek().position) untracked(publish);
  map.on('moveend', publish);
  return effect(() => {
    const { position } = view.value;
    const now = here();
    if (!position || map.isMoving()) return;
    if (position.lat === now.lat && position.lng === now.lng && position.zoom === now.zoom) return;
    map.jumpTo({ center: [position.lng, position.lat], zoom: position.zoom });
  });
}

/** New data or another layer: other outlines. */
function followAreaTiles(map: MapLibreMap): () => void {
  let current = catalogData.peek() ? areaTiles(catalogData.peek() as Catalog) : '';
  return effect(() => {
    const next = catalogData.value ? areaTiles(catalogData.value) : current;
    if (next === current) return;
    current = next;
    const source = map.getSource('areas');
    if (source && 'setTiles' in source) (source as { setTiles(tiles: string[]): void }).setTiles([next]);
  });
}

function areaTiles({ version }: Catalog): string {
  const query = queryText([...vintageParameters.value, ['v', String(version)]]);
  return `${location.origin}/tiles/areas/${areaLayer.value}/{z}/{x}/{y}.mvt?${query}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
