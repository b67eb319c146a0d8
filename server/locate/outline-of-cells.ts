import type { MultiPolygon } from 'geojson';
import { cellsToMultiPolygon } from 'h3-js';

/** The outline of cells of one resolution, as GeoJSON. */
export function outlineOfCells(cells: readonly string[]): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: cellsToMultiPolygon([...cells], true) };
}
