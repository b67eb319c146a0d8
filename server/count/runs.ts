import { shared, sharedCopy } from '../shared-array.ts';
import type { CountedColumns } from './columns.ts';

/**
 * All incidents, in the order of the columns, as runs of neighbours in one group: at one place, in one cell, in one area.
 * Sorted as they are, cells make far fewer runs than places do, and counting costs as much as there are runs.
 */
export type Runs = {
  readonly group: Uint32Array;
  /** Incidents of run r are `start[r]` to `start[r + 1]`. */
  readonly start: Uint32Array;
  /** The run in which the first of each 32 incidents stands. */
  readonly ofWord: Uint32Array;
};

/** The runs of places as they are held; the number of places is the group of what has none. */
export function placeRuns({ runPlace, runStart, bitmaps }: CountedColumns): Runs {
  return { group: runPlace, start: runStart, ofWord: bitmaps.wordRun };
}

/** Runs of groups of places: `groupOf` tells the group of each place, and last that of what has none. */
export function groupRuns(
  { runPlace, runStart }: Pick<CountedColumns, 'runPlace' | 'runStart'>,
  groupOf: Uint32Array,
): Runs {
  const group = new Uint32Array(runPlace.length);
  const start = new Uint32Array(runPlace.length + 1);
  let runs = 0;
  for (let run = 0; run < runPlace.length; run++) {
    const next = groupOf[runPlace[run]!]!;
    if (runs > 0 && group[runs - 1] === next) continue;
    group[runs] = next;
    start[runs++] = runStart[run]!;
  }
  start[runs] = runStart[runPlace.length]!;
  const whole = sharedCopy(Uint32Array, start.subarray(0, runs + 1));
  return { group: sharedCopy(Uint32Array, group.subarray(0, runs)), start: whole, ofWord: runsOfWords(whole) };
}

/** The run in which the first of each 32 incidents stands. */
export function runsOfWords(start: Uint32Array): Uint32Array {
  const ofWord = shared(Uint32Array, Math.ceil(start.at(-1)! / 32));
  for (let word = 0, run = 0; word < ofWord.length; word++) {
    while (start[run + 1]! <= word * 32) run++;
    ofWord[word] = run;
  }
  return ofWord;
}

/** The run in which an incident stands. */
export function runOf({ start, ofWord }: Runs, incident: number): number {
  let run = ofWord[incident >>> 5]!;
  while (start[run + 1]! <= incident) run++;
  return run;
}
