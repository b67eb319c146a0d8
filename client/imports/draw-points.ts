import {
  type LngLatBoundsLike,
  Map as MapLibreMap,
  NavigationControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { mapStyle } from '../map/map-style.ts';
import { mapColours } from '../map/palette.ts';

type Points = readonly (readonly [number, number])[];

/** Draws points on the outlines of a layer into an element; returns what takes the map away. */
export function drawPoints(element: HTMLElement, points: Points, layer: string | null, version: number): () => void {
  setWorkerUrl(workerUrl);
  const map = new MapLibreMap({
    container: element,
    style: withPoints(layer ? areasStyle(layer, version) : plainStyle, points),
    bounds: boundsOf(points),
    fitBoundsOptions: { padding: 24, maxZoom: 14 },
    minZoom: 2,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    // A wheel over it scrolls the page, as one who reads expects.
    scrollZoom: false,
    attributionControl: false,
    locale: { 'Map.Title': 'Map of sample points. Arrow keys move it, plus and minus zoom.' },
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  return () => map.remove();
}

const plainStyle: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [{ id: 'background', type: 'background', paint: { 'background-color': mapColours.outside } }],
};

function areasStyle(layer: string, version: number): StyleSpecification {
  return mapStyle(`${location.origin}/tiles/areas/${layer}/{z}/{x}/{y}.mvt?v=${version}`);
}

function withPoints({ sources, layers, ...rest }: StyleSpecification, points: Points): StyleSpecification {
  const data: GeoJSON.MultiPoint = { type: 'MultiPoint', coordinates: points.map(([lng, lat]) => [lng, lat]) };
  const layer: StyleSpecification['layers'][number] = {
    id: 'points',
    type: 'circle',
    source: 'points',
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 2, 14, 4],
      'circle-color': '#1b5aa6',
      'circle-opacity': 0.6,
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 0.5,
    },
  };
  return { ...rest, sources: { ...sources, points: { type: 'geojson', data } }, layers: [...layers, layer] };
}

/** The box of all but the farthest one in a hundred on each side: one wrong point must not make the rest a dot. */
function boundsOf(points: Points): LngLatBoundsLike {
  const side = (index: 0 | 1) => points.map((point) => point[index]).sort((a, b) => a - b);
  const cut = Math.floor(points.length / 100);
  const [lngs, lats] = [side(0), side(1)];
  const at = (values: readonly number[], index: number) => values.at(index) as number;
  return [
    [at(lngs, cut), at(lats, cut)],
    [at(lngs, -1 - cut), at(lats, -1 - cut)],
  ];
}
