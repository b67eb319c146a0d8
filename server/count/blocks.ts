import { type Bitmaps, bitCount, intersect } from './bitmaps.ts';
import { type Runs, runOf } from './runs.ts';
import type { Stretch } from './stretches.ts';

/** Words of bitmaps are combined some thousand at a time, which stay in the processor's cache meanwhile. */
const wordsPerBlock = 2048;
const scratch = { passing: new Int32Array(wordsPerBlock), ranks: new Uint32Array(wordsPerBlock) };

/** Bits of the incidents that pass, from the word `from` on; none before the incident `first` is set. */
export type Block = { readonly passing: Int32Array; readonly from: number; readonly first: number };

/** Calls back with the incidents of a stretch that are in all its selections; what is handed over is good until the next call. */
export function forEachBlock(
  bitmaps: Bitmaps,
  { first, end, selections }: Pick<Stretch, 'first' | 'end' | 'selections'>,
  visit: (block: Block) => void,
): void {
  const [firstWord, endWord] = [first >>> 5, Math.ceil(end / 32)];
  for (let from = firstWord; from < endWord; from += wordsPerBlock) {
    const passing = scratch.passing.subarray(0, Math.min(wordsPerBlock, endWord - from)).fill(-1);
    for (const selection of selections) intersect(bitmaps, selection, from, passing);
    // the words at both ends hold neighbours of these incidents
    if (from === firstWord) passing[0]! &= -1 << (first & 31);
    if (from + passing.length === endWord) passing[passing.length - 1]! &= maskUpTo(end - (endWord - 1) * 32);
    visit({ passing, from, first: Math.max(first, from * 32) });
  }
}

/** Adds the set bits of a block to the groups in whose runs they stand. */
export function addBlock(runs: Runs, block: Block, counts: Uint32Array): void {
  const { passing } = block;
  const ranks = scratch.ranks;
  let total = 0;
  for (let at = 0; at < passing.length; at++) {
    ranks[at] = total;
    total += bitCount(passing[at]!);
  }
  // where few bits are set, most words are skipped; where many are, every run is counted without a branch
  if (total < passing.length) addWords(runs, block, counts);
  else addRanks(runs, block, total, counts);
}

function addWords({ group, start, ofWord }: Runs, { passing, from }: Block, counts: Uint32Array): void {
  for (let at = 0; at < passing.length; at++) {
    let word = passing[at]!;
    const wordStart = (from + at) * 32;
    for (let run = ofWord[from + at]!; word !== 0; run++) {
      const mask = maskUpTo(start[run + 1]! - wordStart);
      if ((word & mask) !== 0) counts[group[run]!]! += bitCount(word & mask);
      word &= ~mask;
    }
  }
}

/** The bits before the end of each run, less those before its start, are its own. (`| 0`: whole numbers stay whole numbers.) */
function addRanks(runs: Runs, { passing, from, first }: Block, total: number, counts: Uint32Array): void {
  const { ranks } = scratch;
  const { group, start } = runs;
  const origin = (from * 32) | 0;
  const end = (origin + passing.length * 32) | 0;
  let before = 0;
  for (let run = runOf(runs, first) | 0; before < total; run = (run + 1) | 0) {
    const stop = start[run + 1]! | 0;
    const at = ((stop - origin) | 0) >> 5;
    const rank = stop >= end ? total : ((ranks[at]! | 0) + bitCount(passing[at]! & ~(-1 << (stop & 31)))) | 0;
    const to = group[run]! | 0;
    counts[to] = ((counts[to]! | 0) + ((rank - before) | 0)) | 0;
    before = rank;
  }
}

/** A word of which the first bits are set. */
function maskUpTo(bits: number): number {
  return bits >= 32 ? -1 : ~(-1 << bits);
}
