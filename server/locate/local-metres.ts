import { cellToLatLng } from 'h3-js';
import type { Position } from '../model.ts';

const metresPerDegree = 111_195;

/** Places as plane metres about an origin: true to one part in a hundred for a county, which distances of streets bear. */
export function localMetres(
  origin: Position,
  lats: ArrayLike<number>,
  lngs: ArrayLike<number>,
): { x: Float64Array; y: Float64Array } {
  const perDegreeEast = metresPerDegree * Math.cos((origin.lat * Math.PI) / 180);
  const x = Float64Array.from(lngs, (lng) => (lng - origin.lng) * perDegreeEast);
  const y = Float64Array.from(lats, (lat) => (lat - origin.lat) * metresPerDegree);
  return { x, y };
}

/** Centres of cells, latitudes and longitudes apart. */
export function cellCentres(cells: readonly string[]): { lats: Float64Array; lngs: Float64Array } {
  const lats = new Float64Array(cells.length);
  const lngs = new Float64Array(cells.length);
  cells.forEach((cell, index) => {
    const [lat, lng] = cellToLatLng(cell);
    lats[index] = lat;
    lngs[index] = lng;
  });
  return { lats, lngs };
}
