/** Which of several vintages of boundaries is meant. */
import type { AreaLayer, Columns } from '../count/columns.ts';
import { type CompiledFilter, compileFilter } from '../count/compile-filter.ts';
import { NotFoundError } from '../errors.ts';
import { type AreaReference, type Filter, undatedVintage } from '../model.ts';
import type { Holdings } from './load-holdings.ts';

/** The vintage asked for, else the newest. */
export function findLayer({ columns }: Holdings, name: string, vintage?: string): AreaLayer {
  const vintages = columns.layers.filter(({ layer }) => layer === name);
  const day = vintage === undatedVintage ? null : vintage;
  const found = vintage === undefined ? vintages.at(-1) : vintages.find(({ validFrom }) => validFrom === day);
  if (found) return found;
  if (vintages.length > 0) {
    const held = vintages.map(({ validFrom }) => validFrom ?? undatedVintage).join(', ');
    throw new NotFoundError(`there is no vintage ${vintage} of the layer "${name}"; held are ${held}`);
  }
  const names = [...new Set(columns.layers.map(({ layer }) => layer))];
  throw new NotFoundError(
    `there is no layer "${name}"; ${names.length > 0 ? `held are ${names.join(', ')}` : 'load one with "npm run hotspot -- areas"'}`,
  );
}

/** The vintage asked for where the layer has it, for a vintage may be meant for another layer; else the newest. */
export function findLayerOrNewest(holdings: Holdings, name: string, vintage: string | undefined): AreaLayer {
  const day = vintage === undatedVintage ? null : vintage;
  const isHeld = holdings.columns.layers.some(({ layer, validFrom }) => layer === name && validFrom === day);
  return findLayer(holdings, name, isHeld ? vintage : undefined);
}

/** The vintage that an area of a filter is meant in: the one it names, else the newest that has it; null when none has. */
export function vintageOf({ layers }: Pick<Columns, 'layers'>, { layer, code, validFrom }: AreaReference) {
  return (
    layers.findLast(
      (vintage) =>
        vintage.layer === layer &&
        (validFrom === undefined || vintage.validFrom === validFrom) &&
        vintage.areas.some((area) => area.code === code),
    ) ?? null
  );
}

/** A filter as look-up tables, its areas in the vintages they are meant in. */
export function compileInVintages(columns: Columns, filter: Filter): CompiledFilter {
  return compileFilter(inVintages(columns, filter), filter);
}

/** The columns with only those vintages of each layer that a filter means: counting takes the newest it finds. */
function inVintages(columns: Columns, { areas }: Filter): Columns {
  const meant = new Map((areas ?? []).flatMap((area) => ('validFrom' in area ? [[area.layer, area.validFrom]] : [])));
  if (meant.size === 0) return columns;
  const layers = columns.layers.filter(({ layer, validFrom }) => !meant.has(layer) || meant.get(layer) === validFrom);
  return { ...columns, layers };
}
