import { cellToBoundary, cellToLatLng, getResolution, latLngToCell } from 'h3-js';

/** What the page needs of H3. A module of its own, because the library is large: it is loaded after the page. */
export const cellGeometry = {
  centreOf(cell: string): { lat: number; lng: number } {
    const [lat, lng] = cellToLatLng(cell);
    return { lat, lng };
  },
  outlineOf(cell: string): GeoJSON.Polygon {
    return { type: 'Polygon', coordinates: [cellToBoundary(cell, true)] };
  },
  resolutionOf(cell: string): number {
    return getResolution(cell);
  },
  cellAt({ lat, lng }: { lat: number; lng: number }, resolution: number): string {
    return latLngToCell(lat, lng, resolution);
  },
};

export type CellGeometry = typeof cellGeometry;
