import type { Streets } from '../../server/model.ts';
import type { CellGeometry } from './cell-geometry.ts';
import { hexagonSize } from './hexagon-size.ts';

type Street = Streets['streets'][number];

export type StreetNames = {
  /** Up to three names of streets in a cell, most frequent first. */
  inside(cell: string): readonly string[];
  /** The nearest street no further than a cell away, for cells without any. */
  near(cell: string): string | null;
};

/** Names for the cells of one resolution, from streets that come most frequent first. */
export function streetNames(geometry: CellGeometry, streets: readonly Street[], resolution: number): StreetNames {
  const byCell = namesByCell(geometry, streets, resolution);
  const nearest = new Map<string, string | null>();
  return {
    inside: (cell) => byCell.get(cell) ?? [],
    near(cell) {
      const known = nearest.get(cell);
      if (known !== undefined) return known;
      const name = nearestName(geometry.centreOf(cell), streets, hexagonSize(resolution).widthMetres);
      nearest.set(cell, name);
      return name;
    },
  };
}

function namesByCell(geometry: CellGeometry, streets: readonly Street[], resolution: number): Map<string, string[]> {
  const byCell = new Map<string, string[]>();
  for (const street of streets) {
    const cell = geometry.cellAt(street, resolution);
    const names = byCell.get(cell);
    if (!names) byCell.set(cell, [street.name]);
    else if (names.length < 3 && !names.includes(street.name)) names.push(street.name);
  }
  return byCell;
}

const metresPerDegree = 111_320;

function nearestName(from: { lat: number; lng: number }, streets: readonly Street[], within: number): string | null {
  const shrink = Math.cos((from.lat * Math.PI) / 180);
  let name: string | null = null;
  let least = within;
  for (const street of streets) {
    const distance = metresPerDegree * Math.hypot(street.lat - from.lat, (street.lng - from.lng) * shrink);
    if (distance < least) [name, least] = [street.name, distance];
  }
  return name;
}
