import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { z } from 'zod';
import {
  areasSchema,
  type Catalog,
  catalogSchema,
  defaultResolution,
  type Filter,
  hotspotsSchema,
  resolutionForZoom,
  streetsSchema,
  summarySchema,
} from '../server/model.ts';
import { readCells } from './cells/read-cells.ts';
import { filterParameters, queryText } from './filter-query.ts';
import { vintageKey } from './layer-names.ts';
import { rankByCount } from './map/ranking.ts';
import { measureParameters } from './measures/measures.ts';
import { comparability } from './panels/comparability.ts';
import { latestMonths } from './periods.ts';
import { createResource, keepInStep } from './resource.ts';
import { canDrawMap, navigate, openedBare, view } from './state.ts';
import type { ShownMeasure } from './view.ts';
import { vintageInUse, vintagesOf } from './vintages.ts';

/** What is held: sources, categories, areas, dates. Everything else waits for it. */
export const catalog = createResource(() => '/api/catalog', catalogSchema);
export const catalogData = computed(() => catalog.state.value.data);

const mostBoundaries = 500;
const boundariesSchema = z.object({
  features: z.array(
    z.object({
      properties: z.object({ code: z.string() }),
      geometry: z.custom<GeoJSON.Geometry>((value) => typeof value === 'object').nullable(),
    }),
  ),
});

const filter = computed(() => view.value.filter);
/** The first view's dates come from the catalog: nothing is asked before they are set. */
const started = signal(false);

/** The area layer in use: the one of the view if it is held, else the first held. */
export const areaLayer = computed(() => {
  const layers = catalogData.value?.layers ?? [];
  return layers.some(({ layer }) => layer === view.value.layer) ? view.value.layer : (layers[0]?.layer ?? 'ward');
});
/** The areas of that layer: of the vintage of the view if it is held, else the newest. */
export const areaLayerData = computed(() =>
  catalogData.value ? vintageInUse(catalogData.value, areaLayer.value, view.value.vintage) : undefined,
);
/** `vintage=` of requests, where other boundaries than the newest are in use. */
export const vintageParameters = computed<readonly [string, string][]>(() => {
  const [held, inUse] = [catalogData.value, areaLayerData.value];
  const newest = held && vintagesOf(held, areaLayer.value)[0];
  return inUse && inUse !== newest ? [['vintage', vintageKey(inUse)]] : [];
});

export const summary = createResource(() => apiUrl('summary', filter.value), summarySchema);
/** Whether the earlier period can be compared with, and if not, why; null until that is known. */
export const comparison = computed(() => {
  const [held, answer] = [catalogData.value, summary.state.value.data];
  return held && answer ? comparability(answer, view.value.filter, held) : null;
});

/** What the hexagons show: the measure chosen, but the count where a change is impossible; null until that is known. */
export const shownMeasure = computed<ShownMeasure | null>(() => {
  const { measure, show } = view.value;
  if (show !== 'hexagons') return 'count';
  if (measure !== 'change') return measure;
  return comparison.value && (comparison.value.kind === 'possible' ? measure : 'count');
});

/**
 * H3 resolution asked for: as chosen, else by the zoom of the map. A statistic keeps to one size: what is hot
 * must not change as one zooms.
 */
export const resolution = computed(() => {
  const { resolution, position } = view.value;
  if (resolution !== 'auto') return resolution;
  const byZoom = shownMeasure.value === 'count' && view.value.show === 'hexagons';
  return byZoom ? resolutionForZoom(Math.round(position?.zoom ?? 12)) : defaultResolution;
});

/** Counts by category as if no category were chosen: what each box would give. */
export const summaryOfCategories = withoutParts(['categories']);
/** Counts by month as if no dates were chosen: what is around the chosen ones. */
export const summaryOfMonths = withoutParts(['from', 'to']);
/** Counts by hour of week as if no hours and weekdays were chosen. */
export const summaryOfHours = withoutParts(['hours', 'weekdays']);

export const cells = keepInStep(() => {
  // Until the map is fitted to the data its zoom, and so the resolution, is not known.
  const measure = shownMeasure.value;
  const byZoom = measure === 'count' && view.value.resolution === 'auto';
  if (measure === null || (byZoom && view.value.position === null && canDrawMap.value)) return null;
  if (measure === 'count') return countsUrl(filter.value);
  return statisticUrl('cells', resolution.value, measureParameters(measure, view.value));
}, readCells);
/** Ranked places: asked for while they are outlined, listed or selected. */
export const hotspotsUrl = computed(() => {
  const { list, place, rank, period, outlines, resolution } = view.value;
  const outlined = shownMeasure.value === 'giStar' && outlines;
  if (!outlined && list !== 'hotspots' && place?.kind !== 'hotspot') return null;
  const [, ...method] = measureParameters('giStar', view.value);
  const size = resolution === 'auto' ? defaultResolution : resolution;
  return statisticUrl('hotspots', size, [...method, ['rank', rank], ['period', period]]);
});
export const hotspots = createResource(() => hotspotsUrl.value, hotspotsSchema);
export const areas = createResource(
  () => apiUrl(`areas/${areaLayer.value}`, filter.value, vintageParameters.value),
  areasSchema,
);
/** Outlines of the areas in use, to tell in which of them a hexagon lies; not for layers too large to send. */
export const boundaries = createResource(() => {
  const few = (areaLayerData.value?.areas.length ?? 0) <= mostBoundaries;
  const query = queryText([['format', 'geojson'], ...vintageParameters.value]);
  return started.value && few ? `/api/areas/${areaLayer.value}?${query}` : null;
}, boundariesSchema);
export const streets = createResource(() => (catalogData.value ? '/api/streets' : null), streetsSchema);

/** Areas of the layer in use that the filter does not leave out. */
export const rankedAreas = computed(() => {
  const all = areas.state.value.data?.areas ?? [];
  const chosen = filter.value.areas?.filter(({ layer }) => layer === areaLayer.value).map(({ code }) => code) ?? [];
  const left = chosen.length > 0 ? all.filter(({ code }) => chosen.includes(code)) : all;
  return rankByCount(left, ({ name }) => name);
});

/** Sets the first view's dates, and asks again for what newer data have made old. */
export function followData(): void {
  effect(() => {
    const held = catalogData.value;
    // The other pages need nothing of what the map shows.
    if (!held || started.value || view.value.page !== 'map') return;
    batch(() => {
      if (openedBare) startWithLatestYear(held);
      started.value = true;
    });
  });
  followVersion();
}

function followVersion(): void {
  const counted = [summary, cells, areas, hotspots] as const;
  let asked = 0;
  effect(() => {
    const newest = Math.max(...counted.map(({ state }) => state.value.data?.version ?? 0));
    if (!catalogData.value || newest <= Math.max(asked, catalogData.value.version)) return;
    asked = newest;
    untracked(catalog.retry);
  });
  const askAgain = () => {
    for (const { retry } of [...counted, streets]) retry();
  };
  let held = 0;
  effect(() => {
    const version = catalogData.value?.version ?? 0;
    if (held !== 0 && version > held) untracked(askAgain);
    held = version;
  });
}

function startWithLatestYear(held: Catalog): void {
  // A link from another page may have brought dates already.
  if (view.peek().filter.from || view.peek().filter.to) return;
  const year = held.extent && latestMonths(held.extent, 12);
  if (year) navigate({ filter: { ...view.value.filter, from: year.from, to: year.to } }, 'replace');
}

function withoutParts(parts: readonly (keyof Filter)[]) {
  const url = () => {
    const without = Object.fromEntries(
      Object.entries(filter.value).filter(([part]) => part !== 'compare' && !(parts as string[]).includes(part)),
    );
    return parts.some((part) => filter.value[part] !== undefined) ? apiUrl('summary', without) : null;
  };
  const own = createResource(url, summarySchema);
  return computed(() => (url() === null ? summary.state.value.data : own.state.value.data));
}

function apiUrl(route: string, asked: Filter, more: readonly [string, string][] = []): string | null {
  if (!started.value) return null;
  // the areas of the filter are those of the vintage in use
  const isSaid = !asked.areas || more.some(([key]) => key === 'vintage');
  const vintage = isSaid ? [] : vintageParameters.value;
  const query = queryText([...requestParameters(asked), ...more, ...vintage]);
  return `/api/${route}${query && `?${query}`}`;
}

/** Where the counts of hexagons of the size in use are, for a filter. */
export function countsUrl(asked: Filter): string | null {
  return apiUrl('cells', asked, [['resolution', String(resolution.value)]]);
}

/** A request for statistics. An earlier period is part of it only where it can be compared with. */
function statisticUrl(route: string, resolution: number, more: readonly [string, string][]): string | null {
  if (comparison.value === null) return null;
  const { compare: _, ...alone } = filter.value;
  const asked = comparison.value.kind === 'possible' ? filter.value : alone;
  const layer: [string, string][] = areaLayerData.value ? [['layer', areaLayer.value]] : [];
  return apiUrl(route, asked, [['resolution', String(resolution)], ...layer, ...vintageParameters.value, ...more]);
}

/** The filter as it is asked for: without dates there is no earlier period to compare with. */
function requestParameters(asked: Filter): [string, string][] {
  const dated = asked.from !== undefined || asked.to !== undefined;
  return filterParameters(asked).filter(([key]) => key !== 'compare' || dated);
}
