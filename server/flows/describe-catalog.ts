import { incidentCount } from '../count/columns.ts';
import { compileFilter } from '../count/compile-filter.ts';
import { countIncidents } from '../count/count-incidents.ts';
import { sumByCategory, sumByFlag, sumByMonth, sumBySlot, withoutHour } from '../count/sums.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { Catalog } from '../model.ts';
import { dateExtent } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';

const described = new WeakMap<Holdings, Catalog>();

/** What is held: sources, the category tree with counts, flags, areas, dates. */
export function describeCatalog(holdings: Holdings, taxonomy: Taxonomy): Catalog {
  const known = described.get(holdings);
  if (known) return known;
  const { columns, sources } = holdings;
  const all = countIncidents(columns, compileFilter(columns, {}));
  const byCategory = sumByCategory(columns, all);
  const byFlag = sumByFlag(columns, all);
  const names = new Map(taxonomy.categories.map(({ code, name }) => [code, name]));
  for (const code of byCategory.keys()) if (!names.has(code)) names.set(code, code);
  const flagNames = new Map(taxonomy.flags.map(({ code, name }) => [code, name]));
  const catalog: Catalog = {
    version: columns.version,
    synthetic: sources.some((source) => source.synthetic),
    incidents: incidentCount(columns),
    sources: [...sources],
    categories: [...names].map(([code, name]) => ({ code, name, count: byCategory.get(code) ?? 0 })),
    flags: [...byFlag].sort().map(([code, count]) => ({ code, name: flagNames.get(code) ?? code, count })),
    layers: columns.layers.map(({ layer, validFrom, attribution, areas }) => ({
      layer,
      validFrom,
      attribution,
      areas: areas.map(({ code, name, bbox }) => ({ code, name, bbox: [...bbox] })),
    })),
    extent: dateExtent(holdings),
    bounds: bounds(holdings),
    months: heldMonths(holdings),
    hasHours: withoutHour(sumBySlot(columns, all)) < all.total,
  };
  described.set(holdings, catalog);
  return catalog;
}

const months = new WeakMap<Holdings, string[]>();

/** Months in which anything is held, whatever the filter: a month that is missing here is a gap, not a zero. */
export function heldMonths(holdings: Holdings): string[] {
  let held = months.get(holdings);
  if (!held) {
    const { columns } = holdings;
    held = [...sumByMonth(columns, countIncidents(columns, compileFilter(columns, {}))).keys()].sort();
    months.set(holdings, held);
  }
  return held;
}

/** West, south, east, north of all areas, or of all places where there are no areas. */
function bounds({ columns }: Holdings): Catalog['bounds'] {
  const boxes = columns.layers.flatMap(({ areas }) => areas.map(({ bbox }) => bbox));
  const { lats, lngs } = columns.places;
  if (boxes.length === 0)
    for (let place = 0; place < lats.length; place++)
      boxes.push([lngs[place]!, lats[place]!, lngs[place]!, lats[place]!]);
  if (boxes.length === 0) return null;
  return boxes.reduce<[number, number, number, number]>(
    (whole, box) => [
      Math.min(whole[0], box[0]),
      Math.min(whole[1], box[1]),
      Math.max(whole[2], box[2]),
      Math.max(whole[3], box[3]),
    ],
    [180, 90, -180, -90],
  );
}
