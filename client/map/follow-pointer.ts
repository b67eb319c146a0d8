import type { MapLibreEvent, Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import { areaLayer } from '../data.ts';
import { hovered, selectPlace, view } from '../state.ts';
import { type Place, samePlace } from '../view.ts';
import { pointer, shownCellLayer } from './map-signals.ts';
import { layerIds } from './map-style.ts';

/** Hover marks what is under the pointer, a click selects it; a click on nothing selects nothing. */
export function followPointer(map: MapLibreMap): () => void {
  const onMove = ({ point }: MapMouseEvent) => {
    const place = placeAt(map, point);
    pointer.value = { x: point.x, y: point.y };
    if (!samePlace(place, hovered.peek())) hovered.value = place;
    map.getCanvas().style.cursor = place ? 'pointer' : '';
  };
  const onOut = () => {
    pointer.value = null;
    hovered.value = null;
  };
  const onClick = ({ point }: MapMouseEvent) => selectPlace(placeAt(map, point));
  const onDrag = (_: MapLibreEvent) => {
    pointer.value = null;
  };
  map.on('mousemove', onMove);
  map.on('mouseout', onOut);
  map.on('click', onClick);
  map.on('dragstart', onDrag);
  return () => {
    map.off('mousemove', onMove);
    map.off('mouseout', onOut);
    map.off('click', onClick);
    map.off('dragstart', onDrag);
  };
}

function placeAt(map: MapLibreMap, point: MapMouseEvent['point']): Place | null {
  const hexagons = view.peek().show === 'hexagons';
  const layer = hexagons ? shownCellLayer.peek() : layerIds.areaFill;
  if (!layer || !map.getLayer(layer)) return null;
  const properties = map.queryRenderedFeatures(point, { layers: [layer] })[0]?.properties;
  if (!properties) return null;
  return hexagons
    ? { kind: 'cell', cell: String(properties.cell) }
    : { kind: 'area', layer: areaLayer.peek(), code: String(properties.code) };
}
