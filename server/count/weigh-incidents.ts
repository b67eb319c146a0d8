import type { Columns } from './columns.ts';
import type { CompiledFilter } from './compile-filter.ts';

/** The sum of weights of matching incidents by place, the weight of each given by its category. */
export function weighIncidents(
  columns: Columns,
  filter: CompiledFilter,
  weightOf: (category: string) => number,
): Float64Array {
  const places = columns.places.ids.length;
  const weights = columns.categories.map(weightOf);
  const byCode = Float64Array.from(columns.codeCategory, (category, code) =>
    filter.codePasses[code] ? weights[category]! : 0,
  );
  const sums = new Float64Array(places);
  const { codes, days, placeStart } = columns;
  for (let place = 0; place < places; place++) {
    if (filter.placePasses && filter.placePasses[place] === 0) continue;
    const end = placeStart[place + 1]!;
    for (let incident = placeStart[place]!; incident < end; incident++) {
      const day = days[incident]!;
      if (day >= filter.firstDay && day <= filter.lastDay) sums[place]! += byCode[codes[incident]!]!;
    }
  }
  return sums;
}
