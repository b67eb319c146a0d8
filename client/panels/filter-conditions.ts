import type { Catalog, Filter } from '../../server/model.ts';
import { formatHours, formatRange } from '../format.ts';
import { areaNouns, vintageName } from '../layer-names.ts';
import { type HeldVintage, vintagesOf } from '../vintages.ts';
import { type CategoryNode, categoryTree, findCategory } from './category-tree.ts';

export type FilterPart = Exclude<keyof Filter, 'compare' | 'from' | 'to'> | 'dates';

/** One condition of the filter in words, and the parts of the filter that hold it. */
export type Condition = { readonly part: FilterPart; readonly text: string; readonly keys: readonly (keyof Filter)[] };

const weekdayLabels = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' };

/** The conditions in force, in words, in the order of the filter panel; areas are those of the vintage in use. */
export function conditionsOf(filter: Filter, catalog: Catalog, inUse?: HeldVintage): Condition[] {
  const { from, to, categories, hours, weekdays, areas, flags } = filter;
  const conditions: Condition[] = [];
  if (categories)
    conditions.push({ part: 'categories', keys: ['categories'], text: categoryText(categories, catalog) });
  if (from || to) conditions.push({ part: 'dates', keys: ['from', 'to'], text: formatRange(from, to) });
  if (hours) conditions.push({ part: 'hours', keys: ['hours'], text: formatHours(hours) });
  if (weekdays)
    conditions.push({
      part: 'weekdays',
      keys: ['weekdays'],
      text: weekdays.map((name) => weekdayLabels[name]).join(', '),
    });
  if (areas) conditions.push({ part: 'areas', keys: ['areas'], text: areaText(areas, catalog, inUse) });
  if (flags) conditions.push({ part: 'flags', keys: ['flags'], text: flagText(flags, catalog) });
  return conditions;
}

function categoryText(codes: readonly string[], catalog: Catalog): string {
  const tree = categoryTree(catalog.categories);
  const names = codes.map((code) => nameOfCategory(code, tree, catalog));
  return names.length <= 2 ? names.join(', ') : `${names.length} categories`;
}

/** The category's name, after its parent's where the name alone could mean two. */
function nameOfCategory(code: string, tree: readonly CategoryNode[], catalog: Catalog): string {
  const name = findCategory(tree, code)?.name ?? code;
  const alone = catalog.categories.filter((category) => category.name === name).length < 2;
  const parent = findCategory(tree, code.slice(0, code.lastIndexOf('.')));
  return alone || !parent ? name : `${parent.name}: ${lower(name)}`;
}

function areaText(areas: NonNullable<Filter['areas']>, catalog: Catalog, inUse: HeldVintage | undefined): string {
  const heldOf = (layer: string) => (inUse?.layer === layer ? [inUse] : vintagesOf(catalog, layer));
  const nameOf = (layer: string, code: string) =>
    heldOf(layer)
      .flatMap((held) => held.areas)
      .find((area) => area.code === code)?.name ?? code;
  const layers = [...new Set(areas.map(({ layer }) => layer))];
  const isOlder = inUse && layers.includes(inUse.layer) && vintagesOf(catalog, inUse.layer)[0] !== inUse;
  const older = isOlder ? ` (${vintageName(inUse)})` : '';
  if (areas.length <= 2) return areas.map(({ layer, code }) => nameOf(layer, code)).join(', ') + older;
  if (layers.length > 1) return `${areas.length} areas${older}`;
  return `${areas.length} ${isOlder ? vintageName(inUse) : areaNouns(layers[0] as string)}`;
}

function flagText({ has, lacks }: NonNullable<Filter['flags']>, catalog: Catalog): string {
  const nameOf = (code: string) => catalog.flags.find((flag) => flag.code === code)?.name ?? code;
  return [
    ...has.map((code) => `Only ${lower(nameOf(code))}`),
    ...lacks.map((code) => `Without ${lower(nameOf(code))}`),
  ].join(', ');
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
