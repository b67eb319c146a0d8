import type * as Plot from '@observablehq/plot';
import type { Catalog, Filter } from '../../server/model.ts';
import { summaryOfMonths } from '../data.ts';
import { formatCount, formatIncidents, formatMonth, lastDayOf } from '../format.ts';
import { MonthMarker } from '../months/month-marker.tsx';
import { monthsBetween, within } from '../periods.ts';
import { changeFilter, view } from '../state.ts';
import { ChartFrame } from './chart-frame.tsx';
import { NumbersTable } from './numbers-table.tsx';
import { PlotFigure } from './plot-figure.tsx';
import { yearTicks } from './year-ticks.ts';

type Props = { readonly catalog: Catalog };
type Bar = { readonly month: string; readonly count: number; readonly chosen: boolean; readonly held: boolean };

const marginLeft = 36;
const padding = 0.15;

/** Incidents by month over all the dates held; the chosen ones stand out. */
export function MonthChart({ catalog }: Props) {
  const counted = summaryOfMonths.value;
  const { extent } = catalog;
  if (!counted || !extent) return null;
  const { from, to } = view.value.filter;
  const bars = barsOf(catalog, counted.months, view.value.filter);
  const gaps = bars.some(({ held }) => !held);
  return (
    <ChartFrame
      id="months-title"
      title="By month"
      note={gaps ? 'Grey columns: no data are held for the month.' : undefined}
      table={() => <MonthTable bars={bars} />}
    >
      <div class="marked-chart">
        <PlotFigure<Bar>
          label={`Bar chart: incidents by month, ${formatMonth(extent.from)} to ${formatMonth(extent.to)}. The table has the numbers.`}
          height={120}
          inputs={[counted, from, to]}
          options={(plot, width) => monthOptions(plot, bars, width)}
          onPick={({ month }) => pickMonth(month, view.peek().filter, extent)}
        />
        <MonthMarker months={bars.map(({ month }) => month)} marginLeft={marginLeft} padding={padding} />
      </div>
    </ChartFrame>
  );
}

function barsOf(catalog: Catalog, months: readonly { month: string; count: number }[], filter: Filter): Bar[] {
  const counts = new Map(months.map(({ month, count }) => [month, count]));
  const [first, last] = [catalog.extent?.from ?? '', catalog.extent?.to ?? ''];
  const [from, to] = [(filter.from ?? first).slice(0, 7), (filter.to ?? last).slice(0, 7)];
  return monthsBetween(first.slice(0, 7), last.slice(0, 7)).map((month) => ({
    month,
    count: counts.get(month) ?? 0,
    chosen: month >= from && month <= to,
    held: catalog.months.includes(month),
  }));
}

/** A click chooses the month; a click on the only chosen month gives all dates back. */
function pickMonth(month: string, { from, to }: Filter, extent: { from: string; to: string }): void {
  const range = within(extent, { from: `${month}-01`, to: lastDayOf(month) });
  const again = range.from === from && range.to === to;
  changeFilter(again ? { from: undefined, to: undefined } : range);
}

function monthOptions(plot: typeof Plot, bars: readonly Bar[], width: number): Plot.PlotOptions {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const letters = width / bars.length >= 9 ? bars.filter(({ month }) => /-(01|04|07|10)$/.test(month)) : [];
  const text = (bar: Bar) => `${formatMonth(bar.month)}\n${bar.held ? formatIncidents(bar.count) : 'no data held'}`;
  return {
    marginLeft,
    marginRight: 0,
    marginTop: 12,
    marginBottom: 32,
    style: { fontSize: '12px', background: 'transparent', overflow: 'visible' },
    x: { type: 'band', domain: bars.map(({ month }) => month), padding, round: false, axis: null },
    y: { domain: [0, most], nice: true, grid: true, ticks: 3, tickFormat: formatCount, label: null, tickSize: 0 },
    marks: [
      plot.barY(
        bars.filter(({ held }) => !held),
        { x: 'month', y: most, fill: '#e8eaec' },
      ),
      plot.barY(bars, { x: 'month', y: 'count', fill: ({ chosen }: Bar) => (chosen ? '#46515b' : '#bcc3c9') }),
      plot.ruleY([0], { stroke: '#5d666e' }),
      plot.axisX({
        ticks: letters.map(({ month }) => month),
        tickSize: 0,
        tickPadding: 4,
        tickFormat: (month: string) => formatMonth(month).slice(0, 3),
        textAnchor: 'start',
        dx: -4,
        label: null,
      }),
      plot.axisX({
        ticks: yearTicks(
          bars.map(({ month }) => month),
          width,
        ),
        tickSize: 0,
        tickPadding: letters.length > 0 ? 18 : 4,
        textAnchor: 'start',
        dx: -4,
        tickFormat: (month: string) => month.slice(0, 4),
        label: null,
      }),
      plot.tip(bars, plot.pointerX({ x: 'month', y: 'count', title: text, lineHeight: 1.25, stroke: '#838c94' })),
    ],
  };
}

function MonthTable({ bars }: { readonly bars: readonly Bar[] }) {
  const rows = bars.map(({ month, count, held, chosen }) => {
    return { name: formatMonth(month), numbers: [held ? formatCount(count) : 'no data'], muted: !chosen };
  });
  return <NumbersTable columns={['Month', 'Incidents']} rows={rows} />;
}
