import type { AreaLayer } from '../count/columns.ts';
import { sumByArea } from '../count/sums.ts';
import { NotFoundError } from '../errors.ts';
import type { Areas, Filter } from '../model.ts';
import { countPlaces } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';

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
    version: holdings.columns.version,
    total: current.total,
    located: current.located,
    outside: now.outside,
    areas: areas.some(({ code }) => chosen.has(code)) ? areas.filter(({ code }) => chosen.has(code)) : areas,
  };
}

/** The vintage asked for, else the newest. */
export function findLayer({ columns }: Holdings, name: string, validFrom?: string): AreaLayer {
  const vintages = columns.layers.filter(({ layer }) => layer === name);
  const found = validFrom === undefined ? vintages.at(-1) : vintages.find((vintage) => vintage.validFrom === validFrom);
  if (found) return found;
  if (vintages.length > 0) {
    const held = vintages.map((vintage) => vintage.validFrom ?? 'undated').join(', ');
    throw new NotFoundError(`there is no vintage ${validFrom} of the layer "${name}"; held are ${held}`);
  }
  const names = [...new Set(columns.layers.map(({ layer }) => layer))];
  throw new NotFoundError(
    `there is no layer "${name}"; ${names.length > 0 ? `held are ${names.join(', ')}` : 'load one with "npm run hotspot -- areas"'}`,
  );
}
