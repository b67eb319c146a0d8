import type { MapLibreEvent, Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import { areaLayer } from '../data.ts';
import { hotspotOfCell } from '../places.ts';
import { hovered, selectPlace, view } from '../state.ts';
import { type Place, samePlace } from '../view.ts';
import { pointer, shownCellLayer } from './map-signals.ts';
import { layerIds } from './map-style.ts';
import { outlinedHotspots } from './outlined-hotspots.ts';

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
  const labelled = hotspotAt(map, point);
  if (labelled) return labelled;
  const hexagons = view.peek().show === 'hexagons';
  const layer = hexagons ? shownCellLayer.peek() : layerIds.areaFill;
  if (!layer || !map.getLayer(layer)) return null;
  const properties = map.queryRenderedFeatures(point, { layers: [layer] })[0]?.properties;
  if (!properties) return null;
  if (!hexagons) return { kind: 'area', layer: areaLayer.peek(), code: String(properties.code) };
  const cell = String(properties.cell);
  const hotspot = view.peek().list === 'hotspots' && outlinedHotspots.peek().length > 0 && hotspotOfCell(cell);
  return hotspot ? { kind: 'hotspot', id: hotspot.id } : { kind: 'cell', cell };
}

/** The hot spot whose number, name or outline is at a point. With their list open, all inside the outline is. */
function hotspotAt(map: MapLibreMap, point: MapMouseEvent['point']): Place | null {
  if (outlinedHotspots.peek().length === 0) return null;
  const layers = [layerIds.hotspotRank, layerIds.hotspotName, layerIds.hotspotLine];
  const id = map.queryRenderedFeatures(point, { layers })[0]?.properties.id;
  return typeof id === 'string' ? { kind: 'hotspot', id } : null;
}
