import { useEffect } from 'preact/hooks';
import type { Catalog } from '../../server/model.ts';
import { summary } from '../data.ts';
import { formatIncidents } from '../format.ts';
import { MapView } from '../map/map-view.tsx';
import { stopPlaying } from '../months/month-player.ts';
import { FiguresPanel } from '../panels/figures-panel.tsx';
import { FilterBar } from '../panels/filter-bar.tsx';
import { FilterPanel } from '../panels/filter-panel.tsx';
import { folded, isNarrow, showSheet, view } from '../state.ts';
import { type SheetName, sheetNames } from '../view.ts';
import { PageHeader } from './page-header.tsx';
import { PageTitle } from './page-title.tsx';

type Props = { readonly catalog: Catalog };

/** Header, filters, map and figures; on a narrow screen one of the three at a time. */
export function MapPage({ catalog }: Props) {
  const narrow = isNarrow.value;
  // Months that play go no further where nobody sees them.
  useEffect(() => stopPlaying, []);
  const { sheet } = view.value;
  const closed = (panel: 'filters' | 'figures') => (narrow ? sheet !== panel : folded.value.includes(panel));
  return (
    <div class="page">
      <a class="skip-link" href="#map">
        Skip to the map
      </a>
      <a class="skip-link" href="#figures">
        Skip to the figures
      </a>
      <PageHeader catalog={catalog}>
        <PageTitle text="Hotspot map" hidden />
      </PageHeader>
      <div class="workspace">
        <aside class="panel" id="filters" aria-label="Filters" tabIndex={-1} hidden={closed('filters')}>
          <FilterPanel catalog={catalog} />
        </aside>
        <main class="centre" id="map" tabIndex={-1} inert={narrow && sheet !== 'map'}>
          <FilterBar catalog={catalog} />
          <MapView catalog={catalog} />
        </main>
        <aside class="panel" id="figures" aria-label="Figures" tabIndex={-1} hidden={closed('figures')}>
          <FiguresPanel catalog={catalog} />
        </aside>
      </div>
      {narrow && <SheetTabs current={sheet} />}
      <Announcement />
    </div>
  );
}

const sheetLabels: Record<SheetName, string> = { map: 'Map', filters: 'Filters', figures: 'Figures' };

function SheetTabs({ current }: { readonly current: SheetName }) {
  return (
    <nav class="sheet-tabs" aria-label="Map, filters and figures">
      {sheetNames.map((name) => (
        <button
          type="button"
          key={name}
          aria-current={name === current ? 'page' : undefined}
          onClick={() => showSheet(name)}
        >
          {sheetLabels[name]}
        </button>
      ))}
    </nav>
  );
}

/** Says the number of matches to those who do not see it change. */
function Announcement() {
  const { data, loading, error } = summary.state.value;
  const text = error ? error.message : data && !loading ? `${formatIncidents(data.total)} match the filter.` : '';
  return (
    <p class="visually-hidden" role="status">
      {text}
    </p>
  );
}
