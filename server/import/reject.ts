/** A row that was not taken in, and why. */
export type Reject = {
  /** The line of the file on which the row starts; the header is on line 1. */
  readonly line: number;
  /** The column at fault as the file names it; empty when the row as a whole is. */
  readonly column: string;
  readonly value: string;
  /** A plain sentence with the remedy. */
  readonly reason: string;
  /** The cells of the row as they came. */
  readonly row: readonly string[];
};

/** What is wrong in a row: the part of a `Reject` that is known before the row is at hand. */
export type Problem = { readonly column: string; readonly value: string; readonly reason: string };
