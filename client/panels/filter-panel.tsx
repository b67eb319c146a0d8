import type { Catalog } from '../../server/model.ts';
import { areaLayerData } from '../data.ts';
import { capitalised, vintageName } from '../layer-names.ts';
import { clearFilter, view } from '../state.ts';
import { AreaFilter } from './area-filter.tsx';
import { CategoryFilter } from './category-filter.tsx';
import { DateFilter } from './date-filter.tsx';
import { conditionsOf } from './filter-conditions.ts';
import { FlagFilter } from './flag-filter.tsx';
import { HourFilter } from './hour-filter.tsx';
import { VintageChoice } from './vintage-choice.tsx';
import { WeekdayFilter } from './weekday-filter.tsx';

type Props = { readonly catalog: Catalog };

/** What, when and where: every condition one can set. */
export function FilterPanel({ catalog }: Props) {
  const active = conditionsOf(view.value.filter, catalog, areaLayerData.value).length;
  const layer = areaLayerData.value;
  return (
    <>
      <div class="panel-head">
        <h2>Filters</h2>
        <button type="button" class="link-button" disabled={active === 0} onClick={clearFilter}>
          Clear all
        </button>
      </div>
      <section class="panel-section" aria-labelledby="what">
        <h3 id="what">What</h3>
        <CategoryFilter catalog={catalog} />
        {catalog.flags.length > 0 && <FlagFilter flags={catalog.flags} />}
      </section>
      <section class="panel-section" aria-labelledby="when">
        <h3 id="when">When</h3>
        {catalog.extent && <DateFilter extent={catalog.extent} />}
        <WeekdayFilter />
        {catalog.hasHours ? (
          <HourFilter />
        ) : (
          <p class="muted">
            The data held have no hour of day. Incidents known only by their month match no day of the week.
          </p>
        )}
      </section>
      {layer && (
        <section class="panel-section" aria-labelledby="where">
          <h3 id="where">Where</h3>
          <VintageChoice catalog={catalog} />
          <AreaFilter layer={layer.layer} title={capitalised(vintageName(layer))} areas={layer.areas} />
        </section>
      )}
    </>
  );
}
