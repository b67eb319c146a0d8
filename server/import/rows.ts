import type { ReadingOptions } from '../import-model.ts';

/** One record of a file: its cells as text, and where it stands. */
export type Row = {
  /** The line it starts on; in a workbook the number of its row, in GeoJSON that of the feature. */
  readonly line: number;
  readonly fields: readonly string[];
  /** What is wrong with the record itself (broken quoting), in words; null when nothing is. */
  readonly problem: string | null;
};

/** How a table was read: what was found out, or told. */
export type Layout = {
  readonly kind: 'csv' | 'xlsx' | 'geojson';
  /** Null where the format leaves no choice. */
  readonly encoding: NonNullable<ReadingOptions['encoding']> | null;
  readonly delimiter: string | null;
};

/**
 * A table being read, whatever the format it comes in. Readers of other formats give the same shape,
 * so that parsing knows nothing of files.
 */
export type Rows = {
  /** The file's own name, for messages. */
  readonly name: string;
  readonly layout: Layout;
  readonly header: readonly string[];
  /** The records below the header, in order, a few hundred at a time; can be read once. */
  readonly batches: AsyncIterable<readonly Row[]>;
  /** Bytes taken in so far, and in all when known: the two make a progress bar. */
  readonly bytesRead: () => number;
  readonly bytesTotal: number | null;
  /** SHA-256 of the file's bytes, in hex; throws until the last batch has been read. */
  readonly sha256: () => string;
  /** Lets go of the file; safe to call twice and after the end. */
  readonly close: () => Promise<void>;
};
