import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../server/count/calendar.ts';
import { cellIndex, cellOfKey, placesInCells } from '../../server/count/cell-index.ts';
import { incidentCount } from '../../server/count/columns.ts';
import { compileFilter } from '../../server/count/compile-filter.ts';
import { countPart, countSome, placeCounts } from '../../server/count/count-incidents.ts';
import { tallyDailyCodes } from '../../server/count/daily-codes.ts';
import { intersectRanges, splitRanges } from '../../server/count/place-ranges.ts';
import { groupRuns, placeRuns } from '../../server/count/runs.ts';
import { passingPlaces } from '../../server/count/stretches.ts';
import { sumByCategory, sumByCell, sumByFlag, sumByMonth, sumBySlot } from '../../server/count/sums.ts';
import { sumTallies } from '../../server/count/tallies.ts';
import { tallyPart } from '../../server/count/tally-incidents.ts';
import type { Filter } from '../../server/model.ts';
import { columnsOf, liesIn, matches, plainIncident, type SimpleIncident } from '../helpers/columns.ts';
import { countAreas, countIncidents } from '../helpers/count-columns.ts';
import { anyFilter, fewOrCrowded, someLayers } from '../helpers/random-incidents.ts';

async function counted(held: readonly SimpleIncident[], filter: Filter) {
  const columns = await columnsOf(held, someLayers);
  return { columns, counts: countIncidents(columns, compileFilter(columns, filter)) };
}

/** How often each key occurs; keys of null are left out. */
function tally<T>(items: readonly T[], keyOf: (item: T) => string | null): Record<string, number> {
  const found: Record<string, number> = {};
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) found[key] = (found[key] ?? 0) + 1;
  }
  return found;
}

const byDay = (day: string) => ({ ...plainIncident, day });

describe('counting incidents', () => {
  it('gives the same counts as asking every incident in turn', () =>
    fc.assert(
      fc.asyncProperty(fewOrCrowded, anyFilter, async (held, filter) => {
        const { counts, columns } = await counted(held, filter);
        const matching = held.filter((incident) => matches(incident, filter, someLayers));
        const located = matching.filter(({ at }) => at !== null);
        expect([counts.total, counts.located]).toEqual([matching.length, located.length]);
        expect(Object.fromEntries(sumByCategory(columns, counts))).toEqual(tally(matching, ({ category }) => category));
        expect(Object.fromEntries(sumByMonth(columns, counts))).toEqual(tally(matching, ({ day }) => day.slice(0, 7)));
        const flags = matching.flatMap((incident) => incident.flags);
        expect(Object.fromEntries(sumByFlag(columns, counts))).toEqual(tally(flags, (flag) => flag));
      }),
      { numRuns: 300 },
    ));

  it('sums to the same by cell at every resolution, cell for cell as H3 places them', () =>
    fc.assert(
      fc.asyncProperty(fewOrCrowded, anyFilter, fc.integer({ min: 3, max: 12 }), async (held, filter, resolution) => {
        const { columns, counts } = await counted(held, filter);
        const index = cellIndex(columns, resolution);
        const sums = sumByCell(index, counts.byPlace);
        const found = Object.fromEntries(
          Array.from(sums, (sum, cell) => [cellOfKey(index.keys[cell]!, resolution), sum] as const).filter(
            ([, sum]) => sum > 0,
          ),
        );
        const matching = held.filter((incident) => matches(incident, filter, someLayers));
        expect(found).toEqual(tally(matching, ({ at }) => at && latLngToCell(at.lat, at.lng, resolution)));
      }),
      { numRuns: 150 },
    ));

  it('counts in any number of parts, by place and by cell, what it counts in one', () =>
    fc.assert(
      fc.asyncProperty(fewOrCrowded, anyFilter, fc.integer({ min: 1, max: 5 }), async (held, filter, parts) => {
        const { columns, counts } = await counted(held, filter);
        const compiled = compileFilter(columns, filter);
        const index = cellIndex(columns, 8);
        const byPlace = new Uint32Array(columns.places.ids.length + 1);
        const byCell = new Uint32Array(index.keys.length + 1);
        const runs = groupRuns(columns, index.cellOfPlace);
        const passing = passingPlaces(columns, compiled);
        const split = splitRanges(passing, columns.incidentsBefore, parts);
        for (const part of split) {
          countPart(columns, compiled, part, placeRuns(columns), byPlace);
          countPart(columns, compiled, part, runs, byCell);
        }
        expect(placeCounts(byPlace, columns.pointPlaces)).toEqual({
          total: counts.total,
          located: counts.located,
          byPlace: counts.byPlace,
          byAnyPlace: counts.byAnyPlace,
        });
        expect([...byCell]).toEqual([...sumByCell(index, counts.byPlace), counts.total - counts.located]);
        // one after the other, and once more: nothing is left over from what was counted before
        for (const share of [0, 1, 0]) {
          const some = Uint32Array.from(index.keys.keys()).filter((cell) => cell % 2 === share);
          const within = intersectRanges(passing, placesInCells(index, some));
          const ofSome = countSome(columns, compiled, within, runs, byCell.length, some);
          expect([...ofSome]).toEqual(Array.from(some, (cell) => byCell[cell]));
        }
        const tallied = split.map((part) => tallyPart(columns, compiled, part));
        const whole = tallyPart(columns, compiled, passing);
        if (split.length > 0) expect(sumTallies(tallied)).toEqual(whole);
        if (compiled.places === null) expect(tallyDailyCodes(columns, compiled)).toEqual(whole);
      }),
      { numRuns: 200 },
    ));

  it('sums to those with a place by area and outside, in each vintage, by the ward where only that is known', () =>
    fc.assert(
      fc.asyncProperty(fewOrCrowded, anyFilter, async (held, filter) => {
        const { columns, counts } = await counted(held, filter);
        const compiled = compileFilter(columns, filter);
        const matching = held.filter((incident) => matches(incident, filter, someLayers));
        columns.layers.forEach((layer, vintage) => {
          const { inside, outside, total, located, unmatched } = countAreas(columns, compiled, layer);
          expect([total, located]).toEqual([counts.total, counts.located]);
          const placed = matching.filter(({ at, onlyWard }) => at !== null || onlyWard);
          expect(inside.reduce((sum, count) => sum + count, outside)).toBe(placed.length);
          const expected = someLayers[vintage]!.areas.map(
            (area) => matching.filter((incident) => liesIn(incident, someLayers[vintage]!, area)).length,
          );
          expect([...inside]).toEqual(expected);
          const isNowhere = (incident: SimpleIncident) =>
            !someLayers[vintage]!.areas.some((area) => liesIn(incident, someLayers[vintage]!, area));
          expect(unmatched).toBe(placed.filter((incident) => incident.at === null && isNowhere(incident)).length);
        });
      }),
      { numRuns: 100 },
    ));

  it('keeps every incident once when it builds the columns, however the store cuts its chunks', () =>
    fc.assert(
      fc.asyncProperty(fewOrCrowded, fc.integer({ min: 1, max: 70 }), async (held, chunkLength) => {
        const columns = await columnsOf(held, [], chunkLength);
        expect(incidentCount(columns)).toBe(held.length);
        expect(columns.incidentsBefore[columns.places.ids.length]).toBe(
          held.filter(({ at, onlyWard }) => at !== null || onlyWard).length,
        );
      }),
      { numRuns: 50 },
    ));

  it('counts nothing where nothing is held', async () => {
    const { columns, counts } = await counted([], {});
    expect(counts.total).toBe(0);
    expect(sumByMonth(columns, counts).size).toBe(0);
    expect(cellIndex(columns, 9).keys.length).toBe(0);
  });

  it('takes the first and the last day of a range, and no other', async () => {
    const days = ['2023-02-27', '2023-02-28', '2023-03-01', '2023-03-02'].map(byDay);
    expect((await counted(days, { from: '2023-02-28', to: '2023-03-01' })).counts.total).toBe(2);
  });

  it('takes days long before and after all that can be held', async () => {
    const held = [byDay('1970-01-01'), byDay('2023-01-01')];
    expect((await counted(held, { from: '1900-01-01', to: '2199-12-31' })).counts.total).toBe(2);
    expect((await counted(held, { to: '1960-12-31' })).counts.total).toBe(0);
    expect((await counted(held, { to: '1969-12-31' })).counts.total).toBe(0);
    expect((await counted(held, { from: '2199-12-31' })).counts.total).toBe(0);
  });

  it('holds days of 1970 and of 2089', async () => {
    const { columns, counts } = await counted([byDay('1970-01-01'), byDay('2089-01-01')], {});
    expect([...sumByMonth(columns, counts).keys()]).toEqual(['1970-01', '2089-01']);
  });

  it('holds a month known only as such to its last day', async () => {
    const months = ['2024-01-01', '2024-02-01'].map((day) => ({ ...byDay(day), minute: 'month' as const }));
    const { columns, counts } = await counted(months, {});
    expect([dayOf(columns.firstDay), dayOf(columns.lastDay)]).toEqual(['2024-01-01', '2024-02-29']);
    expect([...sumByMonth(columns, counts)]).toEqual([
      ['2024-01', 1],
      ['2024-02', 1],
    ]);
    const later = await columnsOf([...months, byDay('2024-03-05')]);
    expect(dayOf(later.lastDay)).toBe('2024-03-05');
  });

  it('takes what lies below a category, but not what merely begins like it', async () => {
    const held = ['violence', 'violence.with-injury', 'violence-against-property'].map((category) => ({
      ...plainIncident,
      category,
    }));
    const { columns, counts } = await counted(held, { categories: ['violence'] });
    expect([...sumByCategory(columns, counts).keys()].sort()).toEqual(['violence', 'violence.with-injury']);
  });

  it('lets no incident of unknown hour pass a filter on hours, nor one of unknown day a filter on weekdays', async () => {
    const held = (['day', 'month', 0] as const).map((minute) => ({ ...plainIncident, day: '2023-05-01', minute }));
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    expect((await counted(held, { hours })).counts.total).toBe(1);
    expect((await counted(held, { weekdays: ['mon'] })).counts.total).toBe(2);
    expect((await counted(held, { weekdays: ['tue'] })).counts.total).toBe(0);
  });

  it('counts an incident without a place in the total, and in no area', async () => {
    const held = [{ ...plainIncident, at: null }, plainIncident];
    expect((await counted(held, {})).counts).toMatchObject({ total: 2, located: 1 });
    const everywhere = ['north', 'south'].map((code) => ({ layer: 'ward', code }));
    expect((await counted(held, { areas: everywhere })).counts).toMatchObject({ total: 1, located: 1 });
  });

  it('asks the newest vintage that has the area', async () => {
    const at = { lat: 54.75, lng: -1.22 };
    const vintages = [true, false].map((contains, index) => ({
      layer: 'ward',
      validFrom: `20${index}0-01-01`,
      areas: [{ code: 'moved', contains: () => contains }],
    }));
    const columns = await columnsOf([{ ...plainIncident, at }], vintages);
    const areas = [{ layer: 'ward', code: 'moved' }];
    expect(countIncidents(columns, compileFilter(columns, { areas })).total).toBe(0);
  });

  it('refuses an area that is not held, by name', async () => {
    const columns = await columnsOf([plainIncident], someLayers);
    expect(() => compileFilter(columns, { areas: [{ layer: 'ward', code: 'gone' }] })).toThrow(/"ward:gone"/);
  });

  it('counts areas beyond the thirty-two thousandth, of which England has LSOAs', async () => {
    const areas = Array.from({ length: 40_000 }, (_, index) => ({
      code: `E${index}`,
      contains: () => index === 39_999,
    }));
    const columns = await columnsOf([plainIncident], [{ layer: 'lsoa', validFrom: null, areas }]);
    expect(countAreas(columns, compileFilter(columns, {}), columns.layers[0]!)).toMatchObject({ total: 1, outside: 0 });
  });

  it('tells more than 65,536 combinations of category, flags and hour apart', async () => {
    const held = Array.from({ length: 70_000 }, (_, index) => ({
      ...plainIncident,
      category: `c.${Math.floor(index / 168)}`,
      day: `2023-05-0${1 + (Math.floor(index / 24) % 7)}`,
      minute: (index % 24) * 60,
    }));
    const { columns, counts } = await counted(held, { categories: ['c.416'], hours: [15] });
    expect(counts.total).toBe(held.filter(({ category, minute }) => category === 'c.416' && minute === 900).length);
    expect(counts.total).toBeGreaterThan(0);
    expect(sumBySlot(columns, counts).reduce((sum, count) => sum + count, 0)).toBe(counts.total);
  });
});
