import type { Filter, Measure } from '../server/model.ts';

/** Something selected on the map or in a list. */
export type Place =
  | { readonly kind: 'cell'; readonly cell: string }
  | { readonly kind: 'area'; readonly layer: string; readonly code: string }
  | { readonly kind: 'hotspot'; readonly id: string };

export const pageNames = ['map', 'import', 'quality'] as const;
export type PageName = (typeof pageNames)[number];

/** What a report on quality is of. */
export type ReportSubject =
  | { readonly kind: 'import'; readonly id: number }
  | { readonly kind: 'source'; readonly name: string };

/** Where the map looks. */
export type MapPosition = { readonly lat: number; readonly lng: number; readonly zoom: number };

export const panelNames = ['filters', 'figures'] as const;
export type PanelName = (typeof panelNames)[number];

export const sheetNames = ['map', 'filters', 'figures'] as const;
/** What a narrow screen shows: one of the three at a time. */
export type SheetName = (typeof sheetNames)[number];

export const fixedResolutions = [7, 8, 9, 10] as const;

/** What the hexagons can be coloured by. */
export const shownMeasures = [
  'count',
  'giStar',
  'density',
  'change',
  'emerging',
  'localMoran',
] as const satisfies readonly Measure[];
export type ShownMeasure = (typeof shownMeasures)[number];

/** How classes stand the test of many hexagons at once. */
export const corrections = ['fdr', 'bonferroni', 'none'] as const;
export type Correction = (typeof corrections)[number];
/** Where p comes from. */
export const sourcesOfP = ['normal', 'randomisation'] as const;
export type SourceOfP = (typeof sourcesOfP)[number];

export const listNames = ['areas', 'cells', 'hotspots'] as const;
export type ListName = (typeof listNames)[number];
/** What hot spots are ranked by. */
export const hotspotRanks = ['count', 'z'] as const;
/** The hours hot spots are looked for in. */
export const hotspotPeriods = ['all', 'day', 'night'] as const;

/** Everything that makes up the picture on the screen; the URL holds all of it. */
export type View = {
  readonly page: PageName;
  /** What the page on quality reports on; null leaves it to the page. */
  readonly report: ReportSubject | null;
  readonly filter: Filter;
  readonly show: 'hexagons' | 'areas';
  /** Area layer of the choropleth, the ward list and the outlines. */
  readonly layer: string;
  /** Which boundaries of the layer, as `vintage=` names them; null is the newest. */
  readonly vintage: string | null;
  readonly resolution: 'auto' | number;
  /** What the hexagons are coloured by, and how its significance is judged. */
  readonly measure: ShownMeasure;
  readonly correction: Correction;
  readonly p: SourceOfP;
  /** Whether the hot spots are outlined on the map of hot spots. */
  readonly outlines: boolean;
  readonly list: ListName;
  readonly rank: (typeof hotspotRanks)[number];
  readonly period: (typeof hotspotPeriods)[number];
  readonly place: Place | null;
  /** Null until the map has been fitted to the data. */
  readonly position: MapPosition | null;
  /** Panels folded away; null leaves it to the width of the screen. */
  readonly folded: readonly PanelName[] | null;
  readonly sheet: SheetName;
};

/** The view of an empty URL. */
export const defaultView: View = {
  page: 'map',
  report: null,
  filter: { compare: 'previous-year' },
  show: 'hexagons',
  layer: 'ward',
  vintage: null,
  resolution: 'auto',
  measure: 'count',
  correction: 'fdr',
  p: 'normal',
  outlines: true,
  list: 'areas',
  rank: 'count',
  period: 'all',
  place: null,
  position: null,
  folded: null,
  sheet: 'map',
};

/** Whether two places are the same one. */
export function samePlace(a: Place | null, b: Place | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'cell') return b.kind === 'cell' && a.cell === b.cell;
  if (a.kind === 'hotspot') return b.kind === 'hotspot' && a.id === b.id;
  return b.kind === 'area' && a.layer === b.layer && a.code === b.code;
}
