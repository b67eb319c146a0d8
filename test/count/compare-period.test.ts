import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayOf } from '../../server/count/calendar.ts';
import { comparePeriod } from '../../server/count/compare-period.ts';
import type { Filter } from '../../server/model.ts';

const extent = { from: '2017-01-01', to: '2018-12-31' };
const year = 'previous-year';
const before = 'previous-period';

describe('the period that compare asks for', () => {
  it.each<[string, Filter, string, string]>([
    [
      'a year against the year before',
      { from: '2023-01-01', to: '2023-12-31', compare: year },
      '2022-01-01',
      '2022-12-31',
    ],
    [
      'a leap year by whole months',
      { from: '2024-01-01', to: '2024-12-31', compare: year },
      '2023-01-01',
      '2023-12-31',
    ],
    [
      'the year after a leap year',
      { from: '2025-01-01', to: '2025-12-31', compare: before },
      '2024-01-01',
      '2024-12-31',
    ],
    [
      'February of a leap year a year on',
      { from: '2025-02-01', to: '2025-02-28', compare: year },
      '2024-02-01',
      '2024-02-29',
    ],
    [
      'a leap February against the year before',
      { from: '2024-02-01', to: '2024-02-29', compare: year },
      '2023-02-01',
      '2023-02-28',
    ],
    ['March against February', { from: '2023-03-01', to: '2023-03-31', compare: before }, '2023-02-01', '2023-02-28'],
    [
      'a quarter against the one before',
      { from: '2023-01-01', to: '2023-03-31', compare: before },
      '2022-10-01',
      '2022-12-31',
    ],
    [
      'ten days against the ten before',
      { from: '2023-03-05', to: '2023-03-14', compare: before },
      '2023-02-23',
      '2023-03-04',
    ],
    [
      'one day against the day before',
      { from: '2023-01-01', to: '2023-01-01', compare: before },
      '2022-12-31',
      '2022-12-31',
    ],
    [
      'an odd range against the same dates',
      { from: '2023-03-05', to: '2023-04-14', compare: year },
      '2022-03-05',
      '2022-04-14',
    ],
    [
      'up to 29 February against up to the 28th',
      { from: '2024-02-10', to: '2024-02-29', compare: year },
      '2023-02-10',
      '2023-02-28',
    ],
    ['all that is held, by whole months', { compare: before }, '2015-01-01', '2016-12-31'],
    ['from a day to the end of what is held', { from: '2018-07-01', compare: year }, '2017-07-01', '2017-12-31'],
    ['from the beginning of what is held to a day', { to: '2017-06-30', compare: before }, '2016-07-01', '2016-12-31'],
    ['from a day after all that is held', { from: '2020-05-05', compare: before }, '2020-05-04', '2020-05-04'],
    ['to a day before all that is held', { to: '2010-05-05', compare: before }, '2010-05-04', '2010-05-04'],
    [
      'a range of its own',
      { from: '2023-01-01', compare: { from: '2020-01-05', to: '2020-02-02' } },
      '2020-01-05',
      '2020-02-02',
    ],
  ])('compares %s', (_, filter, from, to) => {
    expect(comparePeriod(filter, extent)).toEqual({ from, to });
  });

  it('is none without compare', () => {
    expect(comparePeriod({ from: '2023-01-01' }, extent)).toBeNull();
  });

  const anyDay = fc.integer({ min: -10_000, max: 40_000 }).map(dayOf);
  const open = fc.record({ from: anyDay, to: anyDay }, { requiredKeys: [] });
  const ordered = open.filter(({ from, to }) => from === undefined || to === undefined || from <= to);

  it('is never reversed, and a previous period ends the day before', () =>
    fc.assert(
      fc.property(ordered, fc.constantFrom(year, before), (range, compare) => {
        const period = comparePeriod({ ...range, compare } as Filter, extent)!;
        expect(period.from <= period.to).toBe(true);
        if (compare === before && range.from !== undefined) {
          expect(dayNumber(period.to) + 1).toBe(dayNumber(range.from));
        }
      }),
      { numRuns: 500 },
    ));
});
