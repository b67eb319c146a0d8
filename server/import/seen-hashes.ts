import { eightDigits } from '../hex-digits.ts';

/** 32 MB, room for six million hashes. */
const mostSlots = 2 ** 23;
const fewestSlots = 2 ** 14;

/** Slots for the rows of a file, of which each has some four bytes at the very least, compressed or not. */
export function slotsForFile(bytes: number | null): number {
  if (bytes === null) return mostSlots;
  return Math.min(mostSlots, Math.max(fewestSlots, 2 ** Math.ceil(Math.log2(bytes / 4))));
}

/** Notes a hash of at least 16 hex digits and says whether it was noted before. */
export type SeenHashes = (hash: string) => boolean;

/**
 * Remembers which hashes were seen, in memory that does not grow: 32 bits of each, where another 23 say they belong.
 * Among five million it takes a new one for an old one once in some hundred files. What comes when three quarters of the
 * slots are taken is looked for and not remembered any more. `slots` is a power of two.
 */
export function createSeenHashes(slots: number): SeenHashes {
  const marks = new Uint32Array(slots);
  const last = slots - 1;
  const most = slots * 0.75;
  let size = 0;
  return (hash) => {
    // 0 is an empty slot
    const mark = eightDigits(hash, 0) || 1;
    let slot = eightDigits(hash, 8) & last;
    while (marks[slot] !== 0) {
      if (marks[slot] === mark) return true;
      slot = (slot + 1) & last;
    }
    if (size < most) {
      marks[slot] = mark;
      size++;
    }
    return false;
  };
}
