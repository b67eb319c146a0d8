import type { Filter } from '../server/model.ts';

/** Something selected on the map or in a list. */
export type Place =
  | { readonly kind: 'cell'; readonly cell: string }
  | { readonly kind: 'area'; readonly layer: string; readonly code: string };

/** Where the map looks. */
export type MapPosition = { readonly lat: number; readonly lng: number; readonly zoom: number };

export const panelNames = ['filters', 'figures'] as const;
export type PanelName = (typeof panelNames)[number];

export const sheetNames = ['map', 'filters', 'figures'] as const;
/** What a narrow screen shows: one of the three at a time. */
export type SheetName = (typeof sheetNames)[number];

export const fixedResolutions = [7, 8, 9, 10] as const;

/** Everything that makes up the picture on the screen; the URL holds all of it. */
export type View = {
  readonly filter: Filter;
  readonly show: 'hexagons' | 'areas';
  /** Area layer of the choropleth, the ward list and the outlines. */
  readonly layer: string;
  readonly resolution: 'auto' | number;
  readonly list: 'areas' | 'cells';
  readonly place: Place | null;
  /** Null until the map has been fitted to the data. */
  readonly position: MapPosition | null;
  /** Panels folded away; null leaves it to the width of the screen. */
  readonly folded: readonly PanelName[] | null;
  readonly sheet: SheetName;
};

/** The view of an empty URL. */
export const defaultView: View = {
  filter: { compare: 'previous-year' },
  show: 'hexagons',
  layer: 'ward',
  resolution: 'auto',
  list: 'areas',
  place: null,
  position: null,
  folded: null,
  sheet: 'map',
};

/** Whether two places are the same one. */
export function samePlace(a: Place | null, b: Place | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'cell') return b.kind === 'cell' && a.cell === b.cell;
  return b.kind === 'area' && a.layer === b.layer && a.code === b.code;
}
