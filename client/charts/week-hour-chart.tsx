import type * as Plot from '@observablehq/plot';
import { type Filter, type Weekday, weekdayNames } from '../../server/model.ts';
import { summaryOfHours } from '../data.ts';
import { clock, formatCount, formatWeight } from '../format.ts';
import { changeFilter, view } from '../state.ts';
import { ChartFrame } from './chart-frame.tsx';
import { NumbersTable } from './numbers-table.tsx';
import { PlotFigure } from './plot-figure.tsx';

type HourCell = { readonly weekday: Weekday; readonly hour: number; readonly weight: number; readonly chosen: boolean };

const labels: Record<Weekday, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};
const names: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** Incidents by hour and day of the week; those whose hour is not known are counted in words below. */
export function WeekHourChart() {
  const counted = summaryOfHours.value;
  if (!counted) return null;
  const { withoutHour, total, weekHours } = counted;
  if (withoutHour >= total)
    return (
      <section class="panel-section" aria-labelledby="hours-title">
        <h3 id="hours-title">By hour of the week</h3>
        <p class="muted">None of these incidents has an hour of day, so there is no chart.</p>
      </section>
    );
  const { hours, weekdays } = view.value.filter;
  const grid = gridOf(weekHours, view.value.filter);
  const most = Math.max(...weekHours);
  return (
    <ChartFrame
      id="hours-title"
      title="By hour of the week"
      note={<Note withoutHour={withoutHour} total={total} most={most} />}
      table={() => <HourTable weekHours={weekHours} />}
    >
      <PlotFigure<HourCell>
        label="Heat chart: incidents by hour and day of the week. The table has the numbers."
        height={136}
        inputs={[counted, hours, weekdays]}
        options={(plot) => hourOptions(plot, grid, most)}
        onPick={(cell) => pickHour(cell, view.peek().filter)}
      />
    </ChartFrame>
  );
}

function gridOf(weekHours: readonly number[], { hours, weekdays }: Filter): HourCell[] {
  return weekHours.map((weight, index) => {
    const [weekday, hour] = [weekdayNames[Math.floor(index / 24)] as Weekday, index % 24];
    const chosen = (hours?.includes(hour) ?? true) && (weekdays?.includes(weekday) ?? true);
    return { weekday, hour, weight, chosen };
  });
}

/** A click chooses one hour of one day; a second click gives all of them back. */
function pickHour({ weekday, hour }: HourCell, { hours, weekdays }: Filter): void {
  const again = hours?.length === 1 && hours[0] === hour && weekdays?.length === 1 && weekdays[0] === weekday;
  changeFilter(again ? { hours: undefined, weekdays: undefined } : { hours: [hour], weekdays: [weekday] });
}

/** The lightest tenth of ColorBrewer YlOrRd is left to zero, which has a colour of its own. */
const ramp = ['#fff3c4', '#fed976', '#feb24c', '#fd8d3c', '#fc4e2a', '#e31a1c', '#bd0026', '#800026'];

function hourOptions(plot: typeof Plot, grid: readonly HourCell[], most: number): Plot.PlotOptions {
  const text = ({ weekday, hour, weight }: HourCell) =>
    `${names[weekday]} ${clock(hour)} to ${clock((hour + 1) % 24)}\n${formatWeight(weight)} ${weight === 1 ? 'incident' : 'incidents'}`;
  const fill = ({ weight }: HourCell) => weight;
  return {
    marginLeft: 36,
    marginRight: 0,
    marginTop: 4,
    marginBottom: 24,
    padding: 0,
    style: { fontSize: '12px', background: 'transparent', overflow: 'visible' },
    x: { type: 'band', domain: Array.from({ length: 24 }, (_, hour) => hour), axis: null },
    y: {
      type: 'band',
      domain: [...weekdayNames],
      tickFormat: (name: Weekday) => labels[name],
      label: null,
      tickSize: 0,
    },
    color: { type: 'linear', domain: [0, most], range: ramp },
    marks: [
      plot.cell(grid, {
        x: 'hour',
        y: 'weekday',
        fill,
        fillOpacity: ({ chosen }: HourCell) => (chosen ? 1 : 0.25),
        inset: 0.5,
      }),
      plot.axisX({
        ticks: [0, 6, 12, 18],
        tickFormat: (hour: number) => clock(hour),
        tickSize: 0,
        label: null,
        textAnchor: 'start',
        dx: -5,
      }),
      plot.tip(grid, plot.pointer({ x: 'hour', y: 'weekday', title: text, lineHeight: 1.25, stroke: '#838c94' })),
    ],
  };
}

type NoteProps = { readonly withoutHour: number; readonly total: number; readonly most: number };

function Note({ withoutHour, total, most }: NoteProps) {
  return (
    <>
      <span class="ramp-key">
        0 <span class="ramp" style={{ background: `linear-gradient(to right, ${ramp.join(', ')})` }} />{' '}
        {formatWeight(most)} incidents
      </span>
      {withoutHour > 0 && (
        <span class="ramp-note">
          {formatCount(withoutHour)} of {formatCount(total)} have no hour and are not in the chart.
        </span>
      )}
    </>
  );
}

function HourTable({ weekHours }: { readonly weekHours: readonly number[] }) {
  const rows = Array.from({ length: 24 }, (_, hour) => {
    return {
      name: clock(hour),
      numbers: weekdayNames.map((_name, day) => formatWeight(weekHours[day * 24 + hour] ?? 0)),
    };
  });
  return <NumbersTable columns={['Hour', ...weekdayNames.map((name) => labels[name])]} rows={rows} />;
}
