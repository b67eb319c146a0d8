import { shared } from '../shared-array.ts';

/**
 * One value a cell, in the order of the study's cells: numbers with NaN for null, or numbers of words. It stands in
 * shared memory, so that threads hand it over as it is: a list of a hundred thousand values that may each be anything is
 * copied one by one, and holds up the event loop meanwhile.
 */
export type PackedColumn = {
  readonly name: string;
  readonly numbers: Float64Array;
  /** What the numbers stand for, if they are not values themselves. */
  readonly words: readonly string[] | null;
};

/** Packs a column of either numbers or words, and nulls. No statistic gives NaN: it stands for null. */
export function packColumn(name: string, values: ArrayLike<number | string | null>): PackedColumn {
  const numbers = shared(Float64Array, values.length);
  const words = new Map<string, number>();
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (typeof value === 'string') {
      const number = words.get(value) ?? words.size;
      if (number === words.size) words.set(value, number);
      numbers[at] = number;
    } else numbers[at] = value ?? Number.NaN;
  }
  return { name, numbers, words: words.size > 0 ? [...words.keys()] : null };
}

/** A column of numbers that are all there, as they stand. */
export function numberColumn(name: string, numbers: Float64Array): PackedColumn {
  return { name, numbers, words: null };
}

/** The value of a packed column at a place. */
export function valueAt({ numbers, words }: PackedColumn, at: number): number | string | null {
  const number = numbers[at]!;
  if (Number.isNaN(number)) return null;
  return words ? words[number]! : number;
}
