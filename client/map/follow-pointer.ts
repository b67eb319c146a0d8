import type { MapLibreEvent, Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import { cellOfId } from '../cells/cell-id.ts';
import { areaLayer } from '../data.ts';
import { hotspotOfCell } from '../places.ts';
import { hovered, selectPlace, view } from '../state.ts';
import { type Place, samePlace } from '../view.ts';
import { notDrawn } from './cell-colours.ts';
import { pointer, shownCellLayer, shownPicture } from './map-signals.ts';
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
  const feature = map.queryRenderedFeatures(point, { layers: [layer] })[0];
  if (!feature) return null;
  if (!hexagons) return { kind: 'area', layer: areaLayer.peek(), code: String(feature.properties.code) };
  const cell = cellAt(feature);
  if (!cell) return null;
  const hotspot = view.peek().list === 'hotspots' && outlinedHotspots.peek().length > 0 && hotspotOfCell(cell);
  return hotspot ? { kind: 'hotspot', id: hotspot.id } : { kind: 'cell', cell };
}

/** The hexagon of a feature; null for one without an incident, which is in the tiles of shapes but is not drawn. */
function cellAt({ id, state }: { readonly id?: string | number | undefined; readonly state: unknown }): string | null {
  const picture = shownPicture.peek();
  if (picture?.kind !== 'hexagons' || typeof id !== 'number') return null;
  const { step = notDrawn } = state as { readonly step?: number };
  if (picture.scale.kind === 'count' && step === notDrawn) return null;
  return cellOfId(id, picture.answer.resolution);
}

/** The hot spot whose number, name or outline is at a point. With their list open, all inside the outline is. */
function hotspotAt(map: MapLibreMap, point: MapMouseEvent['point']): Place | null {
  if (outlinedHotspots.peek().length === 0) return null;
  const layers = [layerIds.hotspotRank, layerIds.hotspotName, layerIds.hotspotLine];
  const id = map.queryRenderedFeatures(point, { layers })[0]?.properties.id;
  return typeof id === 'string' ? { kind: 'hotspot', id } : null;
}
