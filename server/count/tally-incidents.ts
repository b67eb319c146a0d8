import { forEachBlock } from './blocks.ts';
import { type CountedColumns, hoursPerCode } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { fewIncidents } from './count-incidents.ts';
import { type PlaceRanges, splitAt } from './place-ranges.ts';
import { forEachStretch, type Stretch } from './stretches.ts';
import { emptyTallies, type Tallies } from './tallies.ts';

type Sums = Pick<Tallies, 'byCode' | 'byDayHour'>;

/** Tallies what passes at some of the places that pass, incident by incident. */
export function tallyPart(columns: CountedColumns, filter: CompiledFilter, places: PlaceRanges): Tallies {
  const [points, others] = splitAt(places, columns.pointPlaces);
  const sums = emptyTallies(columns);
  const located = tallyPlaces(columns, filter, points, sums);
  return { ...sums, located, total: located + tallyPlaces(columns, filter, others, sums) };
}

/** Adds to the sums, and returns how many were added. */
function tallyPlaces(columns: CountedColumns, filter: CompiledFilter, places: PlaceRanges, sums: Sums): number {
  let found = 0;
  forEachStretch(columns, filter, places, (stretch) => {
    if (stretch.end - stretch.first < fewIncidents) found += tallyEach(columns, filter, stretch, sums);
    else
      forEachBlock(columns.bitmaps, stretch, ({ passing, from }) => {
        found += tallyWords(columns, passing, from, sums);
      });
  });
  return found;
}

function tallyEach(
  columns: CountedColumns,
  { codePasses, dayPasses }: CompiledFilter,
  { first, end }: Stretch,
  sums: Sums,
): number {
  const { codes, days } = columns;
  let found = 0;
  for (let incident = first; incident < end; incident++) {
    if ((codePasses[codes[incident]!]! & dayPasses[days[incident]!]!) === 0) continue;
    tally(columns, incident, sums);
    found++;
  }
  return found;
}

function tallyWords(columns: CountedColumns, passing: Int32Array, from: number, sums: Sums): number {
  let found = 0;
  for (let at = 0; at < passing.length; at++) {
    const wordEnd = (from + at) * 32 + 31;
    for (let word = passing[at]!; word !== 0; word &= word - 1) {
      tally(columns, wordEnd - Math.clz32(word & -word), sums);
      found++;
    }
  }
  return found;
}

function tally({ codes, days, firstDay }: CountedColumns, incident: number, { byCode, byDayHour }: Sums): void {
  const code = codes[incident]!;
  byCode[code]!++;
  byDayHour[(days[incident]! - firstDay) * hoursPerCode + (code % hoursPerCode)]!++;
}
