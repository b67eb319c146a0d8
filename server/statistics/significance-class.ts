/** `hot99`: a hot spot at 99 % confidence, and so on; `none`: not significant at 90 %. */
export type SignificanceClass = 'hot99' | 'hot95' | 'hot90' | 'none' | 'cold90' | 'cold95' | 'cold99';

/**
 * The class of a cell from the sign of its z and its p, or its q when the classes are to stand a correction: 99, 95 and
 * 90 for at most 0.01, 0.05 and 0.1.
 *
 * Hot and cold go by the sign of z, never by the cell's own value. Null when z or p is null (undefined).
 */
export function significanceClass(z: number | null, p: number | null): SignificanceClass | null {
  if (z === null || p === null) return null;
  if (p > 0.1 || z === 0) return 'none';
  const level = p <= 0.01 ? 99 : p <= 0.05 ? 95 : 90;
  return `${z > 0 ? 'hot' : 'cold'}${level}`;
}
