/** How many low bits of an H3 index are the feature id of its cell, less those of each step of resolution. */
const finestResolution = 15;
const digitBits = 3;

/** The H3 index of a cell from its feature id, the low 52 bits, which are exact in a double. */
export function cellOfId(id: number, resolution: number): string {
  return `8${resolution.toString(16)}${id.toString(16).padStart(13, '0')}`;
}

/** The feature id of a cell: what its tile calls it. */
export function idOfCell(cell: string): number {
  return Number.parseInt(cell.slice(2), 16);
}

/** How far the ids of neighbouring places in the order of a resolution are apart. */
export function idUnit(resolution: number): number {
  return 2 ** (digitBits * (finestResolution - resolution));
}
