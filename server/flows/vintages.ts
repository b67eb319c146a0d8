/** Which of several vintages of boundaries is meant. */
import type { AreaLayer } from '../count/columns.ts';
import { NotFoundError } from '../errors.ts';
import { undatedVintage } from '../model.ts';
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
