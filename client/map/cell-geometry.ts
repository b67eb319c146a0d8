import { cellToBoundary, cellToLatLng, getResolution, latLngToCell } from 'h3-js';
import type { Streets } from '../../server/model.ts';

type Street = Streets['streets'][number];

/** What the page needs of H3: centres, outlines and the streets in a cell. Loaded with the map. */
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
  /** The three most frequent street names of every cell that has any; streets come most frequent first. */
  streetsByCell(streets: readonly Street[], resolution: number): Map<string, string[]> {
    const byCell = new Map<string, string[]>();
    for (const { lat, lng, name } of streets) {
      const cell = latLngToCell(lat, lng, resolution);
      const names = byCell.get(cell);
      if (!names) byCell.set(cell, [name]);
      else if (names.length < 3 && !names.includes(name)) names.push(name);
    }
    return byCell;
  },
};

export type CellGeometry = typeof cellGeometry;
