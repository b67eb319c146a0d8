import type { MultiPolygon } from 'geojson';
import { cellArea, cellsToMultiPolygon, UNITS } from 'h3-js';

/** Outline of cells of one resolution, as GeoJSON, and the area they cover together, to the hectare. */
export type Shape = { readonly polygon: MultiPolygon; readonly areaSquareKilometres: number };

/** The shape that cells of one resolution have together. */
export function shapeOfCells(cells: readonly string[]): Shape {
  const area = cells.reduce((sum, cell) => sum + cellArea(cell, UNITS.km2), 0);
  return {
    polygon: { type: 'MultiPolygon', coordinates: cellsToMultiPolygon([...cells], true) },
    areaSquareKilometres: Math.round(area * 100) / 100,
  };
}
