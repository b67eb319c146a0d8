import { batch, computed, effect, signal } from '@preact/signals';
import type { Filter } from '../server/model.ts';
import { normaliseFilter } from './filter-query.ts';
import { mediaSignal } from './media-signal.ts';
import { type PageName, type PanelName, type Place, type SheetName, samePlace, type View } from './view.ts';
import { isBareUrl, urlFromView, viewFromUrl } from './view-url.ts';

/** The whole view. Read it anywhere; change it through `navigate` and the functions below, which keep the URL in step. */
export const view = signal<View>(viewFromUrl(location.search));
/** Whether the page was opened without any view of the map in its URL. */
export const openedBare = isBareUrl(location.search);
/** What the pointer or the focus is on, in the map or a list. */
export const hovered = signal<Place | null>(null);
/** Whether the browser can draw the map; false once it is known that it cannot. */
export const canDrawMap = signal(true);
/** Whether the screen is so narrow that panels become sheets. */
export const isNarrow = mediaSignal('(max-width: 759px)');
const isMedium = mediaSignal('(max-width: 1199px)');

/** Panels folded away: as chosen, else the filters on a screen too small for both. */
export const folded = computed<readonly PanelName[]>(
  () => view.value.folded ?? (isMedium.value ? (['filters'] as const) : []),
);

/** Changes the view and the URL. `push` makes a step that Back undoes; `replace` does not. */
export function navigate(change: Partial<View>, history: 'push' | 'replace' = 'push'): void {
  const next = { ...view.value, ...change };
  const url = `${location.pathname}${urlFromView(next)}`;
  if (url !== `${location.pathname}${location.search}`)
    window.history[history === 'push' ? 'pushState' : 'replaceState'](null, '', url);
  view.value = next;
}

/** The address of the view with a change, for links. */
export function addressOf(change: Partial<View>): string {
  // A bare "?" is the default view: an empty link would mean the address one is at.
  return urlFromView({ ...view.value, ...change }) || '?';
}

/** The change of the view that opens a page; the map's view stays as it was. */
export function pageChange(page: PageName): Partial<View> {
  return { page, report: page === 'quality' ? view.value.report : null };
}

/** Changes some parts of the filter; undefined takes a part away. */
export function changeFilter(change: { readonly [K in keyof Filter]?: Filter[K] | undefined }): void {
  navigate({ filter: normaliseFilter({ ...view.value.filter, ...change } as Filter) });
}

/** Takes every condition away; the comparison stays. */
export function clearFilter(): void {
  const { compare } = view.value.filter;
  navigate({ filter: normaliseFilter({ ...(compare && { compare }) }) });
}

/** Selects a place, or none; on a narrow screen the map comes to the front. */
export function selectPlace(place: Place | null): void {
  if (samePlace(place, view.value.place) && view.value.sheet === 'map') return;
  navigate({ place, sheet: 'map' });
}

/** Folds a panel away or opens it again. */
export function togglePanel(panel: PanelName): void {
  const now = folded.value;
  navigate({ folded: now.includes(panel) ? now.filter((name) => name !== panel) : [...now, panel] }, 'replace');
}

/** Brings a sheet to the front on a narrow screen. */
export function showSheet(sheet: SheetName): void {
  navigate({ sheet });
}

/** Follows Back and Forward. */
export function followHistory(): void {
  window.addEventListener('popstate', () => {
    batch(() => {
      view.value = viewFromUrl(location.search);
      hovered.value = null;
    });
  });
  // A place hovered in a list that has gone must not stay marked on the map.
  effect(() => {
    view.value.list;
    hovered.value = null;
  });
}
