import type { Catalog } from '../../server/model.ts';
import { MonthChart } from '../charts/month-chart.tsx';
import { WeekHourChart } from '../charts/week-hour-chart.tsx';
import { summary } from '../data.ts';
import { view } from '../state.ts';
import { EmptyNotice } from './empty-notice.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { RankedList } from './ranked-list.tsx';
import { Sources } from './sources.tsx';
import { SummaryFigures } from './summary-figures.tsx';

type Props = { readonly catalog: Catalog };

/** How many, when, and in which places: everything in it follows the filter. */
export function FiguresPanel({ catalog }: Props) {
  const { data, loading, error } = summary.state.value;
  // A map of a statistic is read together with its table.
  const listFirst = view.value.show === 'hexagons' && view.value.measure !== 'count';
  return (
    <>
      <div class="panel-head">
        <h2>Figures</h2>
        {loading && <span class="muted">Loading</span>}
      </div>
      {error ? <ErrorNotice error={error} onRetry={summary.retry} /> : null}
      {data && !error && (
        <div class={loading ? 'stale' : undefined}>
          <SummaryFigures summary={data} />
          {data.total === 0 ? (
            <EmptyNotice catalog={catalog} />
          ) : (
            <>
              {listFirst && <RankedList />}
              <MonthChart catalog={catalog} />
              <WeekHourChart />
              {!listFirst && <RankedList />}
            </>
          )}
          <Sources sources={catalog.sources} layers={catalog.layers} />
        </div>
      )}
    </>
  );
}
