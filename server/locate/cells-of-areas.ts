import type { MultiPolygon, Polygon } from 'geojson';
import { polygonToCells } from 'h3-js';

/** The cells of a resolution whose centres lie in a polygon. */
export function cellsOfArea(geometry: Polygon | MultiPolygon, resolution: number): string[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap((rings) => polygonToCells(rings, resolution, true));
}
