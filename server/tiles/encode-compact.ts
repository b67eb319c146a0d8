import { MvtWriter } from './mvt-writer.ts';

/** Raised when the bytes come to mean something else. */
const formatVersion = 1;
/** Digits of an H3 index below its resolution are all ones, three bits each. */
const finestH3Resolution = 15;

/**
 * Cells and whole numbers in about a byte a cell (documented in docs/compact-cells.md): version, resolution, number of
 * columns; the number of cells; the differences of their sorted short ids; then each column's values. Everything after
 * the first three bytes is an unsigned LEB128 varint. A short id is the low 52 bits of the H3 index without the digits
 * below the resolution.
 *
 * @param ids the low 52 bits of all cells, rising
 * @param columns whole numbers of 0 or more, in the order of the ids
 * @param cells the positions of those to write, rising
 */
export function encodeCompact(
  resolution: number,
  ids: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  cells: ArrayLike<number>,
): Uint8Array {
  const writer = new MvtWriter();
  for (const byte of [formatVersion, resolution, columns.length]) writer.varint(byte);
  writer.varint(cells.length);
  const unit = 2 ** (3 * (finestH3Resolution - resolution));
  for (let at = 0, before = 0; at < cells.length; at++) {
    const short = Math.floor(ids[cells[at]!]! / unit);
    writer.varint(short - before);
    before = short;
  }
  for (const values of columns) for (let at = 0; at < cells.length; at++) writer.varint(values[cells[at]!]!);
  return writer.view().slice();
}
