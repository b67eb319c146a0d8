import type { Filter, Summary } from '../../server/model.ts';
import { catalogData, comparison } from '../data.ts';
import { formatChange, formatCount, formatIncidents, formatPercentChange, formatRange } from '../format.ts';
import { changeFilter, view } from '../state.ts';

type Props = { readonly summary: Summary };

/** The number that match, set beside an earlier period where that is honest. */
export function SummaryFigures({ summary }: Props) {
  const { from, to } = view.value.filter;
  const extent = catalogData.value?.extent;
  const unlocated = summary.total - summary.located;
  return (
    <section class="panel-section summary" aria-label="Number of incidents">
      <p class="total">
        <strong data-total>{formatCount(summary.total)}</strong> {summary.total === 1 ? 'incident' : 'incidents'}{' '}
        <span class="muted">{formatRange(from ?? extent?.from, to ?? extent?.to)}</span>
      </p>
      {unlocated > 0 && <p class="muted">{formatCount(unlocated)} of them have no point: they are in no hexagon.</p>}
      <CompareChoice />
      <Change summary={summary} />
    </section>
  );
}

function Change({ summary }: Props) {
  const possible = comparison.value;
  if (!possible || possible.kind === 'off') return null;
  if (possible.kind === 'impossible') return <p class="muted">{possible.reason}</p>;
  const { change, percentChange, previous } = summary;
  if (change === null || previous === null) return null;
  return (
    <p class="change">
      <strong>{change === 0 ? 'No change' : formatChange(change)}</strong>
      {percentChange !== null && change !== 0 && ` (${formatPercentChange(percentChange)})`} from{' '}
      {formatIncidents(previous)} ({possible.period})
    </p>
  );
}

const choices = {
  'previous-year': 'the year before',
  'previous-period': 'the period before',
  none: 'nothing',
};

function CompareChoice() {
  const { compare } = view.value.filter;
  const value = typeof compare === 'object' ? 'range' : (compare ?? 'none');
  const choose = (chosen: string) =>
    changeFilter({ compare: chosen === 'none' ? undefined : (chosen as NonNullable<Filter['compare']>) });
  return (
    <label class="inline-field">
      <span>Compared with</span>
      <select class="select compact" value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {typeof compare === 'object' && <option value="range">{formatRange(compare.from, compare.to)}</option>}
        {Object.entries(choices).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
