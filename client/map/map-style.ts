import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { type CountClass, classOf } from './class-breaks.ts';
import { classColours, mapColours } from './palette.ts';

/** Layers that other files refer to; the order on the map is the order of `overlayLayers`. */
export const layerIds = {
  areaFill: 'area-fill',
  areaLine: 'area-line',
  areaHovered: 'area-hovered',
  areaSelected: 'area-selected',
  hotspotLine: 'hotspot-line',
  hotspotRank: 'hotspot-rank',
  hotspotName: 'hotspot-name',
  streetLabels: 'street-labels',
  areaLabels: 'area-labels',
} as const;

const font = ['Segoe UI', 'Helvetica Neue', 'Arial', 'sans-serif'];
const empty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The style without glyphs, sprites or a basemap: nothing in it comes from another machine. */
export function mapStyle(areaTiles: string): StyleSpecification {
  return {
    version: 8,
    sources: {
      areas: { type: 'vector', tiles: [areaTiles], maxzoom: 14 },
      streets: { type: 'geojson', data: empty },
      marks: { type: 'geojson', data: empty },
      hotspots: { type: 'geojson', data: empty },
      'hotspot-labels': { type: 'geojson', data: empty },
    },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': mapColours.outside } },
      {
        id: layerIds.areaFill,
        type: 'fill',
        source: 'areas',
        'source-layer': 'areas',
        paint: { 'fill-color': mapColours.inside, 'fill-color-transition': { duration: 0 } },
      },
      ...overlayLayers,
    ],
  };
}

/** Hexagons are put below this layer. */
export const firstOverlay = layerIds.areaLine;

const nothing: ExpressionSpecification = ['==', ['get', 'code'], ''];
const overlayLayers: LayerSpecification[] = [
  {
    id: layerIds.areaLine,
    type: 'line',
    source: 'areas',
    'source-layer': 'areas',
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': mapColours.boundary,
      'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.5, 12, 1, 15, 1.75],
    },
  },
  ...outline(layerIds.areaHovered, 'areas', nothing, mapColours.hovered, 2, 'areas'),
  ...outline(layerIds.areaSelected, 'areas', nothing, mapColours.selected, 3, 'areas'),
  ...outline(layerIds.hotspotLine, 'hotspots', ['has', 'id'], mapColours.hovered, 1.75),
  ...outline('mark-hovered', 'marks', ['==', ['get', 'mark'], 'hovered'], mapColours.hovered, 2),
  ...outline('mark-selected', 'marks', ['==', ['get', 'mark'], 'selected'], mapColours.selected, 3),
  {
    id: layerIds.streetLabels,
    type: 'symbol',
    source: 'streets',
    minzoom: 13.5,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': font,
      'text-size': ['interpolate', ['linear'], ['zoom'], 13.5, 11, 17, 14],
      'text-max-width': 8,
      'text-padding': 6,
      'symbol-sort-key': ['-', ['get', 'count']],
    },
    paint: { 'text-color': mapColours.label, 'text-halo-color': mapColours.halo, 'text-halo-width': 1.5 },
  },
  {
    id: layerIds.areaLabels,
    type: 'symbol',
    source: 'areas',
    'source-layer': 'labels',
    minzoom: 10,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': font,
      'text-size': ['interpolate', ['linear'], ['zoom'], 10, 11, 14, 15],
      'text-max-width': 7,
      'text-padding': 2,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 0.25,
    },
    paint: {
      'text-color': mapColours.label,
      'text-halo-color': mapColours.halo,
      'text-halo-width': 1.75,
      // Closer in the streets matter more than the name of the ward one is in.
      'text-opacity': ['interpolate', ['linear'], ['zoom'], 14.5, 1, 15.5, 0],
    },
  },
  {
    id: layerIds.hotspotName,
    type: 'symbol',
    source: 'hotspot-labels',
    layout: {
      'text-field': ['get', 'name'],
      'text-font': font,
      'text-size': 13,
      'text-max-width': 10,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 1.1,
      'text-justify': 'auto',
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: { 'text-color': mapColours.hovered, 'text-halo-color': mapColours.halo, 'text-halo-width': 2 },
  },
  {
    id: layerIds.hotspotRank,
    type: 'circle',
    source: 'hotspot-labels',
    layout: { 'circle-sort-key': ['-', ['get', 'rank']] },
    paint: {
      'circle-radius': 10,
      'circle-color': mapColours.hovered,
      'circle-stroke-color': mapColours.halo,
      'circle-stroke-width': 1.5,
    },
  },
  {
    id: `${layerIds.hotspotRank}-text`,
    type: 'symbol',
    source: 'hotspot-labels',
    layout: {
      'text-field': ['to-string', ['get', 'rank']],
      'text-font': font,
      'text-size': 12,
      'text-allow-overlap': true,
      'symbol-sort-key': ['-', ['get', 'rank']],
    },
    paint: { 'text-color': mapColours.halo },
  },
];

/** A coloured line on a white one, so that it stands out on light and dark fills alike. */
function outline(
  id: string,
  source: string,
  filter: ExpressionSpecification,
  colour: string,
  width: number,
  sourceLayer?: string,
): LayerSpecification[] {
  const line = (suffix: string, lineColour: string, lineWidth: number): LayerSpecification => ({
    id: `${id}${suffix}`,
    type: 'line',
    source,
    ...(sourceLayer && { 'source-layer': sourceLayer }),
    filter,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': lineColour, 'line-width': lineWidth },
  });
  return [line('-casing', mapColours.halo, width + 2.5), line('', colour, width)];
}

/** Colour of an area by its code; `counted` names those that are part of the filter. */
export function areaColour(
  areas: readonly { readonly code: string; readonly count: number }[],
  classes: readonly CountClass[],
): string | ExpressionSpecification {
  if (areas.length === 0) return mapColours.inside;
  const colours = classColours(classes.length);
  const pairs = areas.flatMap(({ code, count }) => [code, colours[classOf(classes, count)] ?? mapColours.inside]);
  return ['match', ['get', 'code'], ...pairs, mapColours.filteredOut] as unknown as ExpressionSpecification;
}
