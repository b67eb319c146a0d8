import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ScrollRegion } from './scroll-region.tsx';

type Props = {
  readonly id: string;
  readonly title: string;
  readonly note?: ComponentChildren;
  readonly table: () => ComponentChildren;
  readonly children: ComponentChildren;
};

/** A chart with its title, what must be said with it, and the same numbers as a table. */
export function ChartFrame({ id, title, note, table, children }: Props) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section class="panel-section chart" aria-labelledby={id}>
      <div class="chart-head">
        <h3 id={id}>{title}</h3>
        <button type="button" class="link-button" onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as chart' : 'Show as table'}
          <span class="visually-hidden">: {title}</span>
        </button>
      </div>
      {asTable ? (
        <ScrollRegion class="chart-table" label={`${title}, table`}>
          {table()}
        </ScrollRegion>
      ) : (
        children
      )}
      {note && <p class="note">{note}</p>}
    </section>
  );
}
