import { type AreaCounts, areaGroupCount, areaGroups, sumAreaGroups } from '../count/area-groups.ts';
import type { AreaLayer } from '../count/columns.ts';
import { filterKey } from '../count/parse-filter.ts';
import { type Areas, type Filter, vintageWords } from '../model.ts';
import { inThread, task } from '../threads.ts';
import { compared, countGroups } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { prepareRuns } from './prepare-runs.ts';
import { remember } from './remember.ts';
import { periodsOf, unmatchedNotes, vintageNotes } from './vintage-notes.ts';

/** Incidents by area of one layer, zeros included; under a filter on areas of the layer, only those. */
export async function countAreas(holdings: Holdings, filter: Filter, layer: AreaLayer): Promise<Areas> {
  const { current: now, previous: before } = await compared(holdings, filter, (plain) =>
    countByArea(holdings, plain, layer),
  );
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
    total: now.total,
    located: now.located,
    outside: now.outside,
    areas: areas.some(({ code }) => chosen.has(code)) ? areas.filter(({ code }) => chosen.has(code)) : areas,
    notes: [
      ...vintageNotes(holdings, filter, periodsOf(holdings, filter), [layer]),
      ...unmatchedNotes(layer, now.unmatched),
    ],
  };
}

/** Fewer places than this are grouped at once, in a millisecond. */
const fewPlaces = 50_000;
const groupsTask = task<typeof areaGroups>(new URL('../count/area-groups.ts', import.meta.url), 'areaGroups', 'quick');

function countByArea(holdings: Holdings, filter: Filter, layer: AreaLayer): Promise<AreaCounts> {
  const name = `areas ${layer.layer} ${layer.validFrom}`;
  return remember(holdings, `${name} ${filterKey(filter)}`, async () => {
    const runs = await prepareRuns(holdings.columns, name, () => groupsOf(holdings, layer));
    return sumAreaGroups(await countGroups(holdings, filter, runs, areaGroupCount(layer.areas.length)));
  });
}

/** Places by area, made in a thread where there are many. */
function groupsOf({ columns: { pointPlaces } }: Holdings, { areas, areaOfPlace }: AreaLayer) {
  const work = [{ pointPlaces }, { areaOfPlace }, areas.length] as const;
  return areaOfPlace.length < fewPlaces ? areaGroups(...work) : inThread(groupsTask, ...work);
}
