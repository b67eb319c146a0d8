import { bitCount, intersect, type Selection } from './bitmaps.ts';
import type { CountedColumns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';

/** Words of bitmaps are combined some thousand at a time, which stay in the processor's cache meanwhile. */
const wordsPerBlock = 2048;
const scratch = { passing: new Int32Array(wordsPerBlock), ranks: new Uint32Array(wordsPerBlock) };

/** Bits of the incidents that pass, from the word `from` on; only runs from `firstRun` up to `endRun` have any set. */
export type Block = {
  readonly passing: Int32Array;
  readonly from: number;
  readonly firstRun: number;
  readonly endRun: number;
};

/** Calls back with the incidents of some runs that are in all selections; what is handed over is good until the next call. */
export function forEachBlock(
  { bitmaps, runStart }: CountedColumns,
  selections: readonly Selection[],
  firstRun: number,
  endRun: number,
  visit: (block: Block) => void,
): void {
  const [first, end] = [runStart[firstRun]!, runStart[endRun]!];
  const [firstWord, endWord] = [first >>> 5, Math.ceil(end / 32)];
  for (let from = firstWord; from < endWord; from += wordsPerBlock) {
    const passing = scratch.passing.subarray(0, Math.min(wordsPerBlock, endWord - from)).fill(-1);
    for (const selection of selections) intersect(bitmaps, selection, from, passing);
    // the words at both ends hold neighbours of these runs' incidents
    if (from === firstWord) passing[0]! &= -1 << (first & 31);
    if (from + passing.length === endWord) passing[passing.length - 1]! &= maskUpTo(end - (endWord - 1) * 32);
    visit({ passing, from, firstRun, endRun });
  }
}

/** Adds the set bits of a block to the places, or their groups, in whose runs they stand. */
export function addBlock(
  columns: CountedColumns,
  filter: CompiledFilter,
  block: Block,
  counts: Uint32Array,
  groupOf: Uint32Array | null,
): void {
  const { passing } = block;
  const ranks = scratch.ranks;
  let total = 0;
  for (let at = 0; at < passing.length; at++) {
    ranks[at] = total;
    total += bitCount(passing[at]!);
  }
  // where few bits are set, most words are skipped; where many are, every run is counted without a branch
  if (total < passing.length) addWords(columns, filter, block, counts, groupOf);
  else addRanks(columns, filter, block, total, counts, groupOf);
}

function addWords(
  { bitmaps: { wordRun }, runPlace, runStart, incidentsBefore }: CountedColumns,
  { placePasses }: CompiledFilter,
  { passing, from, firstRun }: Block,
  counts: Uint32Array,
  groupOf: Uint32Array | null,
): void {
  const none = incidentsBefore.length - 2;
  const last = counts.length - 1;
  for (let at = 0; at < passing.length; at++) {
    let word = passing[at]!;
    const wordStart = (from + at) * 32;
    // runs of another thread's part are not touched, not even to add nothing
    for (let run = Math.max(firstRun, wordRun[from + at]!); word !== 0; run++) {
      const mask = maskUpTo(runStart[run + 1]! - wordStart);
      const place = runPlace[run]!;
      if ((word & mask) !== 0 && (placePasses === null || placePasses[place] === 1)) {
        counts[place === none ? last : groupOf === null ? place : groupOf[place]!]! += bitCount(word & mask);
      }
      word &= ~mask;
    }
  }
}

/** The bits before the end of each run, less those before its start, are its own. (`| 0`: whole numbers stay whole numbers.) */
function addRanks(
  { bitmaps: { wordRun }, runPlace, runStart, incidentsBefore }: CountedColumns,
  { placePasses }: CompiledFilter,
  { passing, from, firstRun, endRun }: Block,
  total: number,
  counts: Uint32Array,
  groupOf: Uint32Array | null,
): void {
  const { ranks } = scratch;
  const none = (incidentsBefore.length - 2) | 0;
  const last = (counts.length - 1) | 0;
  const start = (from * 32) | 0;
  const end = (start + passing.length * 32) | 0;
  let before = 0;
  for (let run = Math.max(firstRun, wordRun[from]!) | 0; run < endRun && before < total; run = (run + 1) | 0) {
    const stop = runStart[run + 1]! | 0;
    const at = ((stop - start) | 0) >> 5;
    const rank = stop >= end ? total : ((ranks[at]! | 0) + bitCount(passing[at]! & ~(-1 << (stop & 31)))) | 0;
    const place = runPlace[run]! | 0;
    if (placePasses === null || placePasses[place] === 1) {
      const group = place === none ? last : groupOf === null ? place : groupOf[place]! | 0;
      counts[group] = ((counts[group]! | 0) + ((rank - before) | 0)) | 0;
    }
    before = rank;
  }
}

/** Clears the bits of incidents at places that do not pass. */
export function keepPlaces(
  { bitmaps: { wordRun }, runPlace, runStart }: CountedColumns,
  { placePasses }: CompiledFilter,
  { passing, from }: Block,
): void {
  if (placePasses === null) return;
  for (let at = 0; at < passing.length; at++) {
    const wordStart = (from + at) * 32;
    let rest = passing[at]!;
    for (let run = wordRun[from + at]!; rest !== 0; run++) {
      const mask = maskUpTo(runStart[run + 1]! - wordStart);
      // an incident without a place lies in no area
      if (placePasses[runPlace[run]!] !== 1) passing[at]! &= ~(rest & mask);
      rest &= ~mask;
    }
  }
}

/** A word of which the first bits are set. */
function maskUpTo(bits: number): number {
  return bits >= 32 ? -1 : ~(-1 << bits);
}
