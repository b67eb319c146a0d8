import { useEffect, useRef, useState } from 'preact/hooks';
import type { Catalog } from '../../server/model.ts';
import { areas, cells, summary } from '../data.ts';
import { MonthBar } from '../months/month-bar.tsx';
import { PageLink } from '../pages/page-link.tsx';
import { canDrawMap, view } from '../state.ts';
import type { MapElement } from './hotspot-map.ts';
import { MapKey } from './map-key.tsx';
import { mapActions } from './map-signals.ts';
import { PlaceCard } from './place-card.tsx';
import { Tooltip } from './tooltip.tsx';

type Props = { readonly catalog: Catalog };

/** The map with everything that lies on it. */
export function MapView({ catalog }: Props) {
  const element = useRef<HTMLDivElement & MapElement>(null);
  const problem = useMap(element, catalog);
  if (problem) return <NoMap text={problem} />;
  return (
    <div class="map-frame" aria-busy={isLoading()}>
      {/* Browser tests find the map object in this element's property `map`. */}
      <div class="map" data-map ref={element} />
      {isLoading() && <div class="progress map-progress" />}
      {catalog.synthetic && <p class="map-synthetic">Synthetic demo data</p>}
      <MapMessage catalog={catalog} />
      <MonthBar />
      <FitButton />
      <Tooltip />
      <div class="map-cards">
        <PlaceCard />
        <MapKey catalog={catalog} />
      </div>
    </div>
  );
}

/** Loads MapLibre and draws; gives the reason when that cannot be done. */
function useMap(element: { readonly current: MapElement | null }, catalog: Catalog): string | null {
  const [problem, setProblem] = useState<string | null>(null);
  // The map is made once; later catalogs reach it by signals.
  useEffect(() => {
    let stop = () => {};
    let gone = false;
    const fail = (text: string) => {
      canDrawMap.value = false;
      setProblem(text);
    };
    if (!hasWebGl()) {
      fail('This browser cannot draw the map, because WebGL 2 is switched off or missing.');
      return;
    }
    import('./hotspot-map.ts')
      .then(({ createHotspotMap }) => {
        if (!gone && element.current) stop = createHotspotMap(element.current, catalog);
      })
      .catch((error: unknown) => {
        console.error(error);
        fail('The map could not be loaded. Reload the page to try again.');
      });
    return () => {
      gone = true;
      stop();
    };
  }, []);
  return problem;
}

function hasWebGl(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

function isLoading(): boolean {
  const shown = view.value.show === 'hexagons' ? cells : areas;
  return shown.state.value.loading;
}

/** What must be said over the map: that it is empty, or that it is not what was asked for. */
function MapMessage({ catalog }: Props) {
  const shown = view.value.show === 'hexagons' ? cells : areas;
  const error = summary.state.value.error ?? shown.state.value.error;
  if (error) return <p class="map-message">Not up to date. {error.message}</p>;
  if (summary.state.value.data?.total !== 0) return null;
  if (catalog.incidents === 0)
    return (
      <p class="map-message">
        No incidents are held yet. <PageLink page="import">Import a file</PageLink>
      </p>
    );
  return <p class="map-message">No incidents match this filter</p>;
}

function NoMap({ text }: { readonly text: string }) {
  return (
    <div class="map-frame no-map">
      <div class="notice">
        <p>{text}</p>
        <p>The filters, the figures and the ranked lists work without it.</p>
      </div>
      <div class="map-cards">
        <PlaceCard />
      </div>
    </div>
  );
}

function FitButton() {
  const actions = mapActions.value;
  if (!actions) return null;
  return (
    <button
      type="button"
      class="fit-button"
      title="Show all data"
      aria-label="Show all data"
      onClick={actions.fitToData}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" fill="none" stroke="currentColor" stroke-width="1.75" />
      </svg>
    </button>
  );
}
