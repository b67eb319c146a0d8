import type { Catalog, Filter } from '../../server/model.ts';
import { areaLayerData } from '../data.ts';
import { changeFilter, clearFilter, folded, isNarrow, togglePanel, view } from '../state.ts';
import type { PanelName } from '../view.ts';
import { conditionsOf } from './filter-conditions.ts';

type Props = { readonly catalog: Catalog };

/** Above the map: what is filtered, and the two panels' switches. */
export function FilterBar({ catalog }: Props) {
  const conditions = conditionsOf(view.value.filter, catalog, areaLayerData.value);
  return (
    <div class="filter-bar">
      {!isNarrow.value && <PanelSwitch panel="filters" label="Filters" />}
      {conditions.length === 0 ? (
        <p class="no-chips muted">Everything held is shown</p>
      ) : (
        <ul class="chips" aria-label="Filter in force">
          {conditions.map(({ part, text, keys }) => (
            <li key={part}>
              <button
                type="button"
                class="chip"
                aria-label={`Remove filter: ${text}`}
                onClick={() => changeFilter(without(keys))}
              >
                {text}
                <svg viewBox="0 0 16 16" width="10" height="10" aria-hidden="true">
                  <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="2" />
                </svg>
              </button>
            </li>
          ))}
          <li>
            <button type="button" class="link-button" onClick={clearFilter}>
              Clear all
            </button>
          </li>
        </ul>
      )}
      {!isNarrow.value && <PanelSwitch panel="figures" label="Figures" />}
    </div>
  );
}

/** A change that takes parts of the filter away. */
export function without(keys: readonly (keyof Filter)[]): { [K in keyof Filter]?: undefined } {
  return Object.fromEntries(keys.map((key) => [key, undefined]));
}

function PanelSwitch({ panel, label }: { readonly panel: PanelName; readonly label: string }) {
  const open = !folded.value.includes(panel);
  return (
    <button
      type="button"
      class="panel-switch"
      aria-expanded={open}
      aria-controls={panel}
      onClick={() => togglePanel(panel)}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class={panel}>
        <rect x="1.5" y="2.5" width="13" height="11" rx="1" fill="none" stroke="currentColor" stroke-width="1.25" />
        <path d={open ? 'M2 3h4v10H2z' : 'M5.5 3v10'} fill="currentColor" stroke="currentColor" />
      </svg>
      {label}
    </button>
  );
}
