import { area } from '@turf/turf';
import type { MultiPolygon } from 'geojson';
import { cellsToMultiPolygon } from 'h3-js';

/** The outline of cells of one resolution, as GeoJSON. */
export function outlineOfCells(cells: readonly string[]): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: cellsToMultiPolygon([...cells], true) };
}

/** The area of an outline in square kilometres, to the hectare. */
export function areaOfOutline(outline: MultiPolygon): number {
  return Math.round(area(outline) / 10_000) / 100;
}
