/** Web Mercator in the unit square: (0,0) is north-west, (1,1) south-east. */

/** West to east, 0 to 1. */
export function mercatorX(lng: number): number {
  return lng / 360 + 0.5;
}

/** North to south, 0 to 1; latitudes beyond 85.05° are cut there. */
export function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
  return Math.min(1, Math.max(0, y));
}

/** A tile's address. */
export type TileAddress = { readonly z: number; readonly x: number; readonly y: number };
