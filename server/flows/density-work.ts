import { cellOfKey } from '../count/cell-index.ts';
import { cellCentres, localMetres } from '../locate/local-metres.ts';
import { sharedCopy } from '../shared-array.ts';
import { quarticDensity } from '../statistics/quartic-density.ts';
import type { Study } from './study-area.ts';

/** The density at the centre of each cell, of places with weights: what a thread does of it. */
export function densityOfCells(
  places: { readonly lats: ArrayLike<number>; readonly lngs: ArrayLike<number>; readonly weights: ArrayLike<number> },
  { keys, resolution }: Pick<Study, 'keys' | 'resolution'>,
  bandwidthMetres: number,
): Float64Array {
  const { lats, lngs } = cellCentres(Array.from(keys, (key) => cellOfKey(key, resolution)));
  const origin = { lat: lats[0] ?? 0, lng: lngs[0] ?? 0 };
  const { weights } = places;
  const density = quarticDensity(
    { ...localMetres(origin, places.lats, places.lngs), weights },
    localMetres(origin, lats, lngs),
    bandwidthMetres,
  );
  return sharedCopy(Float64Array, density);
}
