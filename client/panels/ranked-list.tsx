import { areaLayer, areas, cells, hotspots } from '../data.ts';
import { areaNouns, capitalised } from '../layer-names.ts';
import { navigate, view } from '../state.ts';
import type { ListName } from '../view.ts';
import { ErrorNotice } from './error-notice.tsx';
import { HotspotList } from './hotspot-list.tsx';
import { AreaTable, CellTable } from './place-table.tsx';
import { moveByArrows } from './toggle-row.tsx';

const lists = {
  areas: { source: areas, Table: AreaTable },
  cells: { source: cells, Table: CellTable },
  hotspots: { source: hotspots, Table: HotspotList },
} as const;

/** The table of the map: areas, hexagons or hot spots, linked to it by pointer and keyboard. */
export function RankedList() {
  const { list } = view.value;
  const { source, Table } = lists[list];
  const { error, loading } = source.state.value;
  return (
    <section class="panel-section" aria-labelledby="ranked-title">
      <h3 id="ranked-title">Ranked places</h3>
      <div class="tabs" role="tablist" aria-label="Kind of place" onKeyDown={moveByArrows}>
        <Tab list="areas" label={capitalised(areaNouns(areaLayer.value))} />
        <Tab list="cells" label="Hexagons" />
        <Tab list="hotspots" label="Hot spots" />
      </div>
      <div role="tabpanel" id="ranked-panel" aria-labelledby={`tab-${list}`} class={loading ? 'stale' : undefined}>
        {error ? <ErrorNotice error={error} onRetry={source.retry} /> : <Table key={list} />}
      </div>
    </section>
  );
}

function Tab({ list, label }: { readonly list: ListName; readonly label: string }) {
  const selected = view.value.list === list;
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${list}`}
      aria-selected={selected}
      aria-controls="ranked-panel"
      tabIndex={selected ? 0 : -1}
      onClick={() => navigate({ list }, 'replace')}
    >
      {label}
    </button>
  );
}
