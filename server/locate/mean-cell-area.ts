import { cellArea, UNITS } from 'h3-js';

/** Mean area of cells in square metres; they vary by a few percent over a county, so a hundred of them tell. */
export function meanCellArea(cells: readonly string[]): number {
  const step = Math.max(1, Math.floor(cells.length / 100));
  let sum = 0;
  let taken = 0;
  for (let at = 0; at < cells.length; at += step) {
    sum += cellArea(cells[at]!, UNITS.m2);
    taken++;
  }
  return taken === 0 ? 0 : sum / taken;
}
