import { requirePositive } from './check-input.ts';

/**
 * The bandwidth a density map takes when none is asked for: twice the distance between the centres of touching
 * hexagons, from their mean area in square metres, rounded to 10 m (650 m at resolution 9 in Hartlepool).
 *
 * Why: it depends on the grid alone, so maps of different periods, places and categories can be compared, where rules
 * made from the data (Silverman, nrd) change with every filter and smooth a town into one blob, since they assume one
 * normal cloud. Twice the spacing lets a cell hear its six neighbours and a little beyond, the reach of Gi*, and no
 * incident falls between the centres at which the density is read.
 */
export function defaultBandwidth(cellAreaSquareMetres: number): number {
  requirePositive('cellAreaSquareMetres', cellAreaSquareMetres);
  const spacingMetres = Math.sqrt((2 * cellAreaSquareMetres) / Math.sqrt(3));
  return Math.max(10, Math.round((2 * spacingMetres) / 10) * 10);
}
