import { shared } from '../shared-array.ts';
import type { CountedColumns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';
import { forEachStretch, passingPlaces } from './stretches.ts';

/** The sum of weights of matching incidents by place with a point, the weight of each given by its code. */
export function weighIncidents(
  columns: CountedColumns,
  filter: CompiledFilter,
  weightOfCode: Float64Array,
): Float64Array {
  const sums = shared(Float64Array, columns.pointPlaces);
  const { codes, days, runPlace, runStart } = columns;
  const { codePasses, dayPasses } = filter;
  forEachStretch(columns, filter, passingPlaces(columns, filter), ({ firstRun, endRun }) => {
    for (let run = firstRun; run < endRun; run++) {
      const place = runPlace[run]!;
      if (place >= sums.length) continue;
      const end = runStart[run + 1]!;
      for (let incident = runStart[run]!; incident < end; incident++) {
        const code = codes[incident]!;
        if (codePasses[code]! & dayPasses[days[incident]!]!) sums[place]! += weightOfCode[code]!;
      }
    }
  });
  return sums;
}
