import { gridDisk } from 'h3-js';

/** For each cell, the positions of those of the list that touch it. */
export function touchingCells(cells: readonly string[]): number[][] {
  const positions = new Map(cells.map((cell, position) => [cell, position]));
  return cells.map((cell, position) =>
    gridDisk(cell, 1).flatMap((other) => {
      const found = positions.get(other);
      return found === undefined || found === position ? [] : [found];
    }),
  );
}
