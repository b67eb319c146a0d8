import type { MultiPolygon } from 'geojson';
import { cellArea, cellsToMultiPolygon, UNITS } from 'h3-js';

/** The outline of cells of one resolution, as GeoJSON. */
export function outlineOfCells(cells: readonly string[]): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: cellsToMultiPolygon([...cells], true) };
}

/** The area that cells cover together in square kilometres, to the hectare. */
export function areaOfCells(cells: readonly string[]): number {
  return Math.round(cells.reduce((sum, cell) => sum + cellArea(cell, UNITS.km2), 0) * 100) / 100;
}
