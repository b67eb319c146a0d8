import { cellArea, UNITS } from 'h3-js';

/** Mean area of some cells in square metres; they vary by a few percent over a county, so a hundred of them tell. */
export function meanCellArea(cells: number, cellAt: (position: number) => string): number {
  const step = Math.max(1, Math.floor(cells / 100));
  let sum = 0;
  let taken = 0;
  for (let at = 0; at < cells; at += step) {
    sum += cellArea(cellAt(at), UNITS.m2);
    taken++;
  }
  return taken === 0 ? 0 : sum / taken;
}
