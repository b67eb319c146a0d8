import { byteReader } from './byte-reader.ts';
import { idUnit } from './cell-id.ts';

/** Cells of one resolution with their counts, in the order of their ids. */
export type CompactCells = {
  readonly resolution: number;
  /** Low 52 bits of each H3 index, rising. */
  readonly ids: Float64Array;
  readonly counts: Float64Array;
  /** Counts of the earlier period, if the filter compares. */
  readonly previous: Float64Array | null;
};

const formVersion = 1;

/** Reads the compact form of cells (described in docs/compact-cells.md). */
export function readCompactCells(bytes: Uint8Array): CompactCells {
  const [version, resolution = 0, columns] = bytes;
  if (version !== formVersion) throw new TypeError(`Compact cells of form ${version} are not known`);
  const reader = byteReader(bytes, 3);
  const ids = new Float64Array(reader.varint());
  const unit = idUnit(resolution);
  for (let index = 0, short = 0; index < ids.length; index++) {
    short += reader.varint();
    ids[index] = (short + 1) * unit - 1;
  }
  const column = () => {
    const values = new Float64Array(ids.length);
    for (let index = 0; index < values.length; index++) values[index] = reader.varint();
    return values;
  };
  const counts = column();
  return { resolution, ids, counts, previous: columns === 2 ? column() : null };
}
