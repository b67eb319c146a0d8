import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../server/count/compile-filter.ts';
import { sumBySlot, withoutHour } from '../../server/count/sums.ts';
import { weekHours } from '../../server/count/week-hours.ts';
import { type Filter, weekdayNames } from '../../server/model.ts';
import { columnsOf, matches, plainIncident, type SimpleIncident, weekdayName } from '../helpers/columns.ts';
import { countIncidents } from '../helpers/count-columns.ts';
import { anyFilter, anyIncident, someLayers } from '../helpers/random-incidents.ts';

async function hoursOf(held: readonly SimpleIncident[], filter: Filter = {}) {
  const columns = await columnsOf(held, someLayers);
  const compiled = compileFilter(columns, filter);
  const counts = countIncidents(columns, compiled);
  return {
    hours: weekHours(columns, compiled, counts),
    total: counts.total,
    unknown: withoutHour(sumBySlot(columns, counts)),
  };
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);
/** The hours of the week that have anything, as `mon 9` and how much. */
const named = (hours: Float64Array) =>
  Object.fromEntries(
    [...hours].flatMap((weight, hour) =>
      Math.abs(weight) < 1e-9 ? [] : [[`${weekdayNames[Math.floor(hour / 24)]} ${hour % 24}`, weight]],
    ),
  );

/** Monday 1 May 2023 at an hour. */
const monday = (hour: number, minute = 0): SimpleIncident => ({
  ...plainIncident,
  day: '2023-05-01',
  minute: hour * 60 + minute,
});

describe('counting by hour of the week', () => {
  it('adds up to what matches less what has no hour', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyIncident, { maxLength: 40 }), anyFilter, async (held, filter) => {
        const { hours, total, unknown } = await hoursOf(held, filter);
        expect(sum(hours)).toBeCloseTo(total - unknown, 6);
        expect(Math.min(...hours)).toBeGreaterThan(-1e-9);
        const matching = held.filter((incident) => matches(incident, filter, someLayers));
        expect(unknown).toBe(matching.filter(({ minute }) => typeof minute !== 'number').length);
      }),
      { numRuns: 150 },
    ));

  it('puts incidents at a minute into the hour and weekday of the calendar', () =>
    fc.assert(
      fc.asyncProperty(anyIncident, async (incident) => {
        const { hours } = await hoursOf([{ ...incident, minute: 61, rangeMinutes: 0 }]);
        expect(named(hours)).toEqual({ [`${weekdayName(incident.day)} 1`]: 1 });
      }),
      { numRuns: 50 },
    ));

  it('spreads a range over its hours in proportion to the minutes in each', async () => {
    const { hours } = await hoursOf([{ ...monday(9, 30), rangeMinutes: 120 }]);
    expect(named(hours)).toEqual({ 'mon 9': 0.25, 'mon 10': 0.5, 'mon 11': 0.25 });
  });

  it('spreads over midnight, and from Sunday into Monday', async () => {
    const { hours } = await hoursOf([{ ...monday(23), day: '2023-05-07', rangeMinutes: 120 }]);
    expect(named(hours)).toEqual({ 'sun 23': 0.5, 'mon 0': 0.5 });
  });

  it('spreads a range of a week or more evenly over the week', async () => {
    const { hours } = await hoursOf([{ ...monday(9, 17), rangeMinutes: 20_000 }]);
    for (const weight of hours) expect(weight).toBeCloseTo(1 / 168, 12);
  });

  it('spreads over the hours that pass, under a filter on hours', async () => {
    const { hours } = await hoursOf([{ ...monday(9), rangeMinutes: 180 }], { hours: [9, 10] });
    expect(named(hours)).toEqual({ 'mon 9': 0.5, 'mon 10': 0.5 });
  });

  it('leaves ranges in other places, times and categories out', async () => {
    const held = [
      { ...monday(9), rangeMinutes: 60, category: 'asb.nuisance' },
      { ...monday(9), rangeMinutes: 60, at: { lat: 54.72, lng: -1.1 } },
      { ...monday(9), rangeMinutes: 60, at: null },
      { ...monday(9), rangeMinutes: 60, day: '2023-05-08' },
    ];
    const filter: Filter = {
      categories: ['violence'],
      to: '2023-05-07',
      areas: [{ layer: 'ward', code: 'middle' }],
    };
    expect(sum((await hoursOf(held, filter)).hours)).toBe(0);
    expect(sum((await hoursOf([...held, { ...monday(9), rangeMinutes: 60 }], filter)).hours)).toBe(1);
  });
});
