import { type Columns, incidentCount } from '../count/columns.ts';
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
  const { columns, everything, sources } = holdings;
  const byCategory = sumByCategory(columns, everything);
  const byFlag = sumByFlag(columns, everything);
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
    hasHours: withoutHour(sumBySlot(columns, everything)) < everything.total,
  };
  described.set(holdings, catalog);
  return catalog;
}

const months = new WeakMap<Holdings, string[]>();

/** Months in which anything is held, whatever the filter: a month that is missing here is a gap, not a zero. */
export function heldMonths(holdings: Holdings): string[] {
  let held = months.get(holdings);
  if (!held) {
    held = [...sumByMonth(holdings.columns, holdings.everything).keys()].sort();
    months.set(holdings, held);
  }
  return held;
}

/** West, south, east, north of all areas, or of all places where there are no areas. */
function bounds({ columns }: Holdings): Catalog['bounds'] {
  const boxes = columns.layers.flatMap(({ areas }) => areas.map(({ bbox }) => bbox));
  if (boxes.length === 0) return placeBounds(columns);
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

function placeBounds({ places: { lats, lngs } }: Columns): Catalog['bounds'] {
  if (lats.length === 0) return null;
  const least = (values: Float64Array) => values.reduce((low, value) => Math.min(low, value));
  const most = (values: Float64Array) => values.reduce((high, value) => Math.max(high, value));
  return [least(lngs), least(lats), most(lngs), most(lats)];
}
