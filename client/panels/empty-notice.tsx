import type { Catalog } from '../../server/model.ts';
import { areaLayerData } from '../data.ts';
import { PageLink } from '../pages/page-link.tsx';
import { changeFilter, clearFilter, view } from '../state.ts';
import { without } from './filter-bar.tsx';
import { conditionsOf, type FilterPart } from './filter-conditions.ts';

type Props = { readonly catalog: Catalog };

const partNames: Record<FilterPart, string> = {
  categories: 'all categories',
  dates: 'all dates',
  hours: 'all hours',
  weekdays: 'all days of the week',
  areas: 'all areas',
  flags: 'any flags',
};

/** Says that nothing matches, and what to let go of. */
export function EmptyNotice({ catalog }: Props) {
  const conditions = conditionsOf(view.value.filter, catalog, areaLayerData.value);
  if (catalog.incidents === 0)
    return (
      <div class="notice">
        <p>
          <strong>No incidents are held yet.</strong>
        </p>
        <p>
          <PageLink page="import">Import a file</PageLink>, and it is on the map as soon as it is in.
        </p>
      </div>
    );
  return (
    <div class="notice">
      <p>
        <strong>No incidents match this filter.</strong> Take away one condition:
      </p>
      <ul class="plain-list">
        {conditions.map(({ part, text, keys }) => (
          <li key={part}>
            <button type="button" class="link-button" onClick={() => changeFilter(without(keys))}>
              Allow {partNames[part]}
            </button>{' '}
            <span class="muted">instead of {text}</span>
          </li>
        ))}
      </ul>
      {conditions.length > 1 && (
        <button type="button" class="button" onClick={clearFilter}>
          Clear all
        </button>
      )}
    </div>
  );
}
