import type { AreaLayer } from '../count/columns.ts';
import { sumByArea } from '../count/sums.ts';
import { type Areas, type Filter, vintageWords } from '../model.ts';
import { countPlaces } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { periodsOf, unmatchedNotes, vintageNotes } from './vintage-notes.ts';

/** Incidents by area of one layer, zeros included; under a filter on areas of the layer, only those. */
export async function countAreas(holdings: Holdings, filter: Filter, layer: AreaLayer): Promise<Areas> {
  const { current, previous } = await countPlaces(holdings, filter);
  const now = sumByArea(layer, current.byAnyPlace);
  const before = previous && sumByArea(layer, previous.byAnyPlace);
  const areas = layer.areas.map(({ code, name, population }, area) => ({
    code,
    name,
    count: now.inside[area]!,
    ...(before && { previous: before.inside[area]! }),
    ...(population !== null && {
      population,
      ...(population > 0 && { ratePer1000: (now.inside[area]! / population) * 1000 }),
    }),
  }));
  const chosen = new Set(filter.areas?.filter((area) => area.layer === layer.layer).map(({ code }) => code));
  return {
    layer: layer.layer,
    validFrom: layer.validFrom,
    vintage: vintageWords(layer.layer, layer.validFrom),
    version: holdings.columns.version,
    total: current.total,
    located: current.located,
    outside: now.outside,
    areas: areas.some(({ code }) => chosen.has(code)) ? areas.filter(({ code }) => chosen.has(code)) : areas,
    notes: [
      ...vintageNotes(holdings, filter, periodsOf(holdings, filter), [layer]),
      ...unmatchedNotes(layer, unmatchedIn(holdings, layer, current.byAnyPlace)),
    ],
  };
}

/** Incidents of which only an area is known, and none of the layer. */
function unmatchedIn({ columns }: Holdings, { areaOfPlace }: AreaLayer, byAnyPlace: Uint32Array): number {
  let unmatched = 0;
  for (let place = columns.pointPlaces; place < byAnyPlace.length; place++) {
    if (areaOfPlace[place]! < 0) unmatched += byAnyPlace[place]!;
  }
  return unmatched;
}
