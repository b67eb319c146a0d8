import type { Catalog, Filter } from '../server/model.ts';
import { normaliseFilter } from './filter-query.ts';
import { vintageKey } from './layer-names.ts';
import type { View } from './view.ts';

/** One vintage of a layer with its areas, as the catalogue lists it. */
export type HeldVintage = Catalog['layers'][number];

/** The vintages of a layer, newest first. */
export function vintagesOf({ layers }: Pick<Catalog, 'layers'>, layer: string): HeldVintage[] {
  return layers.filter((held) => held.layer === layer).reverse();
}

/** The vintage that a view asks for if it is held, else the newest; undefined where the layer is not held at all. */
export function vintageInUse(
  catalog: Pick<Catalog, 'layers'>,
  layer: string,
  wanted: string | null,
): HeldVintage | undefined {
  const vintages = vintagesOf(catalog, layer);
  return vintages.find((held) => vintageKey(held) === wanted) ?? vintages[0];
}

/**
 * What changes with another vintage: areas chosen that it does not have are let go, for they are none of it, and so is a
 * selected one.
 */
export function changeOfVintage({ filter, place }: View, to: HeldVintage, newest: HeldVintage): Partial<View> {
  const has = (layer: string, code: string) => layer !== to.layer || to.areas.some((area) => area.code === code);
  return {
    vintage: to === newest ? null : vintageKey(to),
    filter: withAreas(filter, ({ layer, code }) => has(layer, code)),
    place: place?.kind === 'area' && !has(place.layer, place.code) ? null : place,
  };
}

/**
 * What changes with another layer: it begins with its newest vintage. Areas chosen in an older vintage are let go, for
 * without it they would mean others.
 */
export function changeOfLayer({ filter, layer: former, vintage }: View, layer: string): Partial<View> {
  if (layer === former) return {};
  return {
    layer,
    vintage: null,
    ...(vintage !== null && { filter: withAreas(filter, (area) => area.layer !== former) }),
  };
}

function withAreas(filter: Filter, wanted: (area: NonNullable<Filter['areas']>[number]) => boolean): Filter {
  return filter.areas ? normaliseFilter({ ...filter, areas: filter.areas.filter(wanted) }) : filter;
}
