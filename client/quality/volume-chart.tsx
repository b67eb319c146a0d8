import type * as Plot from '@observablehq/plot';
import type { Quality } from '../../server/import-model.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { NumbersTable } from '../charts/numbers-table.tsx';
import { PlotFigure } from '../charts/plot-figure.tsx';
import { yearTicks } from '../charts/year-ticks.ts';
import { formatCount, formatIncidents, formatMonth } from '../format.ts';

type Months = Quality['months'];
type Month = Months[number];

/** Incidents by month, those missing and those far from the usual marked; the same numbers as a table. */
export function VolumeChart({ months }: { readonly months: Months }) {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return null;
  return (
    <ChartFrame
      id="volume-title"
      title="By month"
      note={<Key months={months} />}
      table={() => <VolumeTable months={months} />}
    >
      <PlotFigure<Month>
        label={`Bar chart: incidents by month, ${formatMonth(first.month)} to ${formatMonth(last.month)}. The table has the numbers.`}
        height={160}
        inputs={[months]}
        options={(plot, width) => volumeOptions(plot, months, width)}
      />
    </ChartFrame>
  );
}

const colours = { usual: '#838c94', sudden: '#bd5a00', missing: '#e8eaec' };

function Key({ months }: { readonly months: Months }) {
  return (
    <>
      {months.some(({ sudden, missing }) => sudden && !missing) && (
        <span class="key">
          <span class="swatch" style={{ background: colours.sudden }} /> Far from the usual
        </span>
      )}
      {months.some(({ missing }) => missing) && (
        <span class="key">
          <span class="swatch" style={{ background: colours.missing }} /> Missing
        </span>
      )}
    </>
  );
}

function volumeOptions(plot: typeof Plot, months: Months, width: number): Plot.PlotOptions {
  const most = Math.max(1, ...months.map(({ incidents }) => incidents));
  const years = yearTicks(
    months.map(({ month }) => month),
    width,
  );
  const text = ({ month, incidents, missing }: Month) =>
    `${formatMonth(month)}\n${missing ? 'missing' : formatIncidents(incidents)}`;
  return {
    marginLeft: 48,
    marginRight: 0,
    marginTop: 12,
    marginBottom: 24,
    style: { fontSize: '12px', background: 'transparent', overflow: 'visible' },
    x: { type: 'band', domain: months.map(({ month }) => month), padding: 0.15, round: false, axis: null },
    y: { domain: [0, most], nice: true, grid: true, ticks: 4, tickFormat: formatCount, label: null, tickSize: 0 },
    marks: [
      plot.barY(
        months.filter(({ missing }) => missing),
        { x: 'month', y: most, fill: colours.missing },
      ),
      plot.barY(months, {
        x: 'month',
        y: 'incidents',
        fill: ({ sudden }: Month) => (sudden ? colours.sudden : colours.usual),
      }),
      plot.ruleY([0], { stroke: '#5d666e' }),
      plot.axisX({
        ticks: years,
        tickSize: 0,
        tickPadding: 4,
        textAnchor: 'start',
        dx: -4,
        tickFormat: (month: string) => month.slice(0, 4),
        label: null,
      }),
      plot.tip(months, plot.pointerX({ x: 'month', y: 'incidents', title: text, lineHeight: 1.25, stroke: '#838c94' })),
    ],
  };
}

function VolumeTable({ months }: { readonly months: Months }) {
  const rows = months.map(({ month, incidents, usual, missing, sudden }) => ({
    name: formatMonth(month),
    numbers: [
      formatCount(incidents),
      usual === null ? '–' : formatCount(usual),
      missing ? 'Missing' : sudden ? 'Far from the usual' : '',
    ],
  }));
  return <NumbersTable columns={['Month', 'Incidents', 'Usual', 'Remark']} rows={rows} />;
}
