/** What was met on the way through a file that no single row tells. */
export type Tally = {
  readonly counts: {
    readonly unmapped: ReadonlyMap<string, number>;
    readonly unknownFlags: ReadonlyMap<string, number>;
    /** Rows whose coordinates are masked on purpose. */
    readonly masked: number;
    /** Postcodes and streets that are not known, by column. */
    readonly notFound: ReadonlyMap<string, number>;
    /** Rows outside the month the file covers. */
    readonly outsideMonth: number;
  };
  readonly addUnmapped: (word: string) => void;
  readonly addUnknownFlag: (word: string) => void;
  readonly addMasked: () => void;
  readonly addNotFound: (column: string) => void;
  readonly addOutsideMonth: () => void;
};

/** A column of free text taken for categories would otherwise fill the memory. */
const mostWords = 1000;

/** Longer texts are no words: they hardly repeat, and thousands of them would fill the memory. */
export const longestWord = 200;

/** The word under which long ones and those beyond the thousandth are counted together. */
export const otherWords = '(other words)';

/** Starts an empty tally. */
export function createTally(): Tally {
  const unmapped = new Map<string, number>();
  const unknownFlags = new Map<string, number>();
  const notFound = new Map<string, number>();
  const rows = { masked: 0, outsideMonth: 0 };
  return {
    get counts() {
      return { unmapped, unknownFlags, notFound, ...rows };
    },
    addUnmapped: (word) => add(unmapped, word),
    addUnknownFlag: (word) => add(unknownFlags, word),
    addMasked: () => rows.masked++,
    addNotFound: (column) => add(notFound, column),
    addOutsideMonth: () => rows.outsideMonth++,
  };
}

function add(counts: Map<string, number>, word: string): void {
  const known = word.length <= longestWord && (counts.has(word) || counts.size < mostWords);
  const key = known ? detach(word) : otherWords;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/**
 * A copy of a string with its own memory. A cell is a view into the block of text it was cut from: kept as the key
 * of a map it would keep the whole block.
 */
export function detach(text: string): string {
  return ` ${text}`.slice(1);
}
