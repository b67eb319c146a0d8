import type { Catalog } from '../../server/model.ts';
import { formatIncidents, formatRange } from '../format.ts';
import { capitalised, vintageName } from '../layer-names.ts';

type Props = Pick<Catalog, 'sources' | 'layers'>;

/** Where the incidents and the boundaries come from, and whose leave they are shown by. */
export function Sources({ sources, layers }: Props) {
  return (
    <section class="panel-section" aria-labelledby="sources-title">
      <h3 id="sources-title">Sources</h3>
      <ul class="sources">
        {sources.map(({ name, incidents, from, to, synthetic, attribution }) => (
          <li key={name}>
            {capitalised(name)}
            {synthetic && ' (synthetic)'}: {formatIncidents(incidents)}
            {from && to && `, ${formatRange(from.slice(0, 10), to.slice(0, 10))}`}. {attribution}
          </li>
        ))}
        {layers.map(({ layer, validFrom, areas, attribution }) => (
          <li key={`${layer} ${validFrom}`}>
            {areas.length} {vintageName({ layer, validFrom })}. {attribution}
          </li>
        ))}
      </ul>
    </section>
  );
}
