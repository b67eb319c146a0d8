import type { FeatureCollection } from 'geojson';
import { cellToBoundary } from 'h3-js';

/** Cells as GeoJSON polygons, each with its own values as properties. */
export function cellsToGeojson(cells: readonly { readonly cell: string }[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: cells.map((properties) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Polygon', coordinates: [cellToBoundary(properties.cell, true)] },
    })),
  };
}
