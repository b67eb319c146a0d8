import { shared, sharedCopy } from '../shared-array.ts';
import type { Columns, Ranges } from './columns.ts';
import { lowerBound } from './lower-bound.ts';
import { emptyCodes, emptyRanges, type SortedIncidents } from './sort-incidents.ts';

/** One month of one set of incidents: its runs and incidents, from a first up to (not including) an end. */
type Piece = {
  readonly of: SortedIncidents;
  readonly firstDay: number;
  readonly runs: readonly [number, number];
  readonly incidents: readonly [number, number];
  /** Where each place of its runs stands now; null: where it stood. */
  readonly placeNow: Uint32Array | null;
};

/**
 * The former months, but those that `isReplaced`, together with fresh ones: a month's incidents are copied as they are,
 * which is quick, and only the numbers of their places change.
 */
export function mergeMonths(
  former: Pick<Columns, keyof SortedIncidents>,
  placeOfFormer: Uint32Array,
  isReplaced: (monthFirstDay: number) => boolean,
  fresh: SortedIncidents,
  pairs: number,
): SortedIncidents {
  const pieces = [
    ...piecesOf(former, placeOfFormer).filter(({ firstDay }) => !isReplaced(firstDay)),
    ...piecesOf(fresh, null),
  ].sort((a, b) => a.firstDay - b.firstDay);
  const sizes = (kind: 'runs' | 'incidents') => pieces.map((piece) => piece[kind][1] - piece[kind][0]);
  const firstRuns = starts(sizes('runs'));
  const firstIncidents = starts(sizes('incidents'));
  const merged = {
    monthFirstDay: sharedCopy(
      Uint16Array,
      pieces.map(({ firstDay }) => firstDay),
    ),
    monthRun: sharedCopy(Uint32Array, firstRuns),
    runPlace: shared(Uint32Array, firstRuns.at(-1)!),
    runStart: shared(Uint32Array, firstRuns.at(-1)! + 1),
    codes: emptyCodes(firstIncidents.at(-1)!, pairs),
    days: shared(Uint16Array, firstIncidents.at(-1)!),
  };
  pieces.forEach((piece, at) => {
    copyPiece(piece, merged, firstRuns[at]!, firstIncidents[at]!);
  });
  merged.runStart[merged.runPlace.length] = merged.days.length;
  return { ...merged, ranges: mergeRanges(pieces, firstIncidents) };
}

function piecesOf(of: SortedIncidents, placeNow: Uint32Array | null): Piece[] {
  return Array.from(of.monthFirstDay, (firstDay, month) => {
    const runs = [of.monthRun[month]!, of.monthRun[month + 1]!] as const;
    return { of, firstDay, runs, incidents: [of.runStart[runs[0]]!, of.runStart[runs[1]]!], placeNow };
  });
}

/** Where each of several pieces starts, and where the last ends. */
function starts(sizes: readonly number[]): number[] {
  const found = [0];
  for (const size of sizes) found.push(found.at(-1)! + size);
  return found;
}

function copyPiece(
  { of, runs, incidents, placeNow }: Piece,
  merged: Omit<SortedIncidents, 'ranges'>,
  firstRun: number,
  firstIncident: number,
): void {
  merged.codes.set(of.codes.subarray(...incidents), firstIncident);
  merged.days.set(of.days.subarray(...incidents), firstIncident);
  for (let run = runs[0], to = firstRun; run < runs[1]; run++, to++) {
    const place = of.runPlace[run]!;
    merged.runPlace[to] = placeNow ? placeNow[place]! : place;
    merged.runStart[to] = of.runStart[run]! - incidents[0] + firstIncident;
  }
}

function mergeRanges(pieces: readonly Piece[], firstIncidents: readonly number[]): Ranges {
  const bounds = pieces.map(({ of: { ranges }, incidents: [first, end] }) => {
    const from = lowerBound(ranges.incident, 0, ranges.incident.length, first);
    return [from, lowerBound(ranges.incident, from, ranges.incident.length, end)] as const;
  });
  const merged = emptyRanges(bounds.reduce((sum, [from, end]) => sum + end - from, 0));
  let to = 0;
  pieces.forEach(({ of: { ranges }, incidents: [first], placeNow }, at) => {
    const [from, end] = bounds[at]!;
    for (let range = from; range < end; range++, to++) {
      const place = ranges.place[range]!;
      merged.incident[to] = ranges.incident[range]! - first + firstIncidents[at]!;
      merged.place[to] = placeNow ? placeNow[place]! : place;
      merged.startMinuteOfWeek[to] = ranges.startMinuteOfWeek[range]!;
      merged.minutes[to] = ranges.minutes[range]!;
    }
  });
  return merged;
}
