import { shared } from '../shared-array.ts';
import { mostDaysInMonth } from './calendar.ts';
import { type Columns, type CountedColumns, hoursPerCode } from './columns.ts';
import { runsOfWords } from './runs.ts';

/**
 * One bit an incident for each category, flag, hour and day of the month that is held: 32 incidents are tested at once
 * (a bitmap index; O'Neil and Quass 1997). Bit i % 32 of word i / 32 of a map stands for incident i.
 */
export type Bitmaps = {
  /** Words of one map. */
  readonly words: number;
  /** All maps, one after another. */
  readonly bits: Int32Array;
  /** The number of each category's map, by index; −1 for one that no incident has. */
  readonly ofCategory: Int32Array;
  readonly ofHour: Int32Array;
  /** By day of the month, from 0. */
  readonly ofDay: Int32Array;
  readonly ofFlag: ReadonlyMap<string, number>;
  /** The run in which the first incident of each word stands. */
  readonly wordRun: Uint32Array;
};

/** Maps of a dimension of which any may be set; or, if that makes fewer, those of which none may be. */
export type Selection = { readonly maps: readonly number[]; readonly inverted: boolean };

type Source = Omit<CountedColumns, 'bitmaps'> &
  Pick<Columns, 'pairCategory' | 'pairFlagSet' | 'categories' | 'flagSets'>;

/** Makes the maps of sorted incidents, in one pass over their codes and days. */
export function buildBitmaps(columns: Source): Bitmaps {
  const { codes, days, monthFirstDay, monthRun, runStart } = columns;
  const words = Math.ceil(codes.length / 32);
  const { ofCategory, ofHour, ofDay, ofFlag, count } = numberMaps(columns);
  const bits = shared(Int32Array, words * count);
  const mapsOfPair = pairMaps(columns, ofCategory, ofFlag);
  for (let month = 0; month < monthFirstDay.length; month++) {
    const end = runStart[monthRun[month + 1]!]!;
    for (let incident = runStart[monthRun[month]!]!; incident < end; incident++) {
      const code = codes[incident]!;
      const word = incident >>> 5;
      const bit = 1 << (incident & 31);
      bits[ofHour[code % hoursPerCode]! * words + word]! |= bit;
      bits[ofDay[days[incident]! - monthFirstDay[month]!]! * words + word]! |= bit;
      for (const map of mapsOfPair[(code / hoursPerCode) | 0]!) bits[map * words + word]! |= bit;
    }
  }
  return { words, bits, ofCategory, ofHour, ofDay, ofFlag, wordRun: runsOfWords(runStart) };
}

/** Gives a number to each category, hour, day and flag that any incident has. */
function numberMaps({ codes, days, monthFirstDay, monthRun, runStart, ...columns }: Source) {
  const codeHeld = new Uint8Array(columns.pairs * hoursPerCode);
  for (const code of codes) codeHeld[code] = 1;
  const dayHeld = new Uint8Array(mostDaysInMonth);
  for (let month = 0; month < monthFirstDay.length; month++) {
    const end = runStart[monthRun[month + 1]!]!;
    for (let at = runStart[monthRun[month]!]!; at < end; at++) dayHeld[days[at]! - monthFirstDay[month]!] = 1;
  }
  let count = 0;
  const number = (held: ArrayLike<number | boolean>) => Int32Array.from(held, (is) => (is ? count++ : -1));
  const heldCodes = [...codeHeld.keys()].filter((code) => codeHeld[code] === 1);
  const pairs = [...new Set(heldCodes.map((code) => Math.floor(code / hoursPerCode)))];
  const categories = new Set(pairs.map((pair) => columns.pairCategory[pair]!));
  const hours = new Set(heldCodes.map((code) => code % hoursPerCode));
  const flags = new Set(pairs.flatMap((pair) => columns.flagSets[columns.pairFlagSet[pair]!]!));
  return {
    ofCategory: number(columns.categories.map((_, index) => categories.has(index))),
    ofHour: number(Array.from({ length: hoursPerCode }, (_, hour) => hours.has(hour))),
    ofDay: number(dayHeld),
    ofFlag: new Map([...flags].map((flag) => [flag, count++])),
    count,
  };
}

function pairMaps(
  { pairs, pairCategory, pairFlagSet, flagSets }: Source,
  ofCategory: Int32Array,
  ofFlag: ReadonlyMap<string, number>,
): number[][] {
  return Array.from({ length: pairs }, (_, pair) => [
    ofCategory[pairCategory[pair]!]!,
    ...flagSets[pairFlagSet[pair]!]!.map((flag) => ofFlag.get(flag)!),
  ]);
}

/** The maps of what passes, or of what does not; null if all that is held passes. */
export function selectMaps(mapOf: Int32Array, passes: (index: number) => boolean): Selection | null {
  const passing: number[] = [];
  const failing: number[] = [];
  mapOf.forEach((map, index) => {
    if (map >= 0) (passes(index) ? passing : failing).push(map);
  });
  if (failing.length === 0) return null;
  const inverted = failing.length < passing.length;
  return { maps: inverted ? failing : passing, inverted };
}

/** Room for the words of several maps put together, used again by the next. */
let scratch = new Int32Array(0);

/** Keeps of `into`, which stands for words `from` on, the bits of incidents that a selection passes. */
export function intersect(bitmaps: Bitmaps, { maps, inverted }: Selection, from: number, into: Int32Array): void {
  const { words, start } = unite(bitmaps, maps, from, into.length);
  if (inverted) for (let at = 0; at < into.length; at++) into[at]! &= ~words[start + at]!;
  else for (let at = 0; at < into.length; at++) into[at]! &= words[start + at]!;
}

/** The bits that are set in any of some maps: so many words, and where they start. One map is taken as it stands. */
function unite({ bits, words }: Bitmaps, maps: readonly number[], from: number, length: number) {
  const starts = maps.map((map) => map * words + from);
  if (starts.length === 1) return { words: bits, start: starts[0]! };
  if (scratch.length < length) scratch = new Int32Array(length);
  const any = scratch.subarray(0, length).fill(0);
  // four maps at a time: words are read and written a quarter as often
  for (let first = 0; first < starts.length; first += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((step) => starts[Math.min(first + step, starts.length - 1)]!);
    for (let at = 0; at < length; at++) any[at]! |= bits[a! + at]! | bits[b! + at]! | bits[c! + at]! | bits[d! + at]!;
  }
  return { words: any, start: 0 };
}

/** How many bits of a word are set. */
export function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
