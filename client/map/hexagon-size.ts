/** Average area of an H3 cell in square kilometres, resolutions 3 to 12 (the library's own table). */
const areas: Record<number, number> = {
  3: 12393,
  4: 1770.3,
  5: 252.9,
  6: 36.129,
  7: 5.1613,
  8: 0.73733,
  9: 0.10533,
  10: 0.015048,
  11: 0.0021496,
  12: 0.00030709,
};

/** Average area, and width from flat side to flat side, of a cell at an H3 resolution. */
export function hexagonSize(resolution: number): { readonly squareKilometres: number; readonly widthMetres: number } {
  const squareKilometres = areas[resolution] ?? 0;
  return { squareKilometres, widthMetres: 1000 * Math.sqrt((2 * squareKilometres) / Math.sqrt(3)) };
}
