import { describe, expect, test } from 'vitest';
import { addMonths, latestMonths, monthsBetween, periodsWithin } from '../../client/periods.ts';

const extent = { from: '2017-01-01', to: '2018-12-31' };

describe('periods to pick', () => {
  test('start with the latest months, and lie within the data', () => {
    const groups = periodsWithin({ from: '2017-05-10', to: '2018-08-20' });
    expect(groups.map(({ label }) => label)).toEqual(['Latest', 'Years', 'Quarters']);
    expect(groups[0]?.periods[0]).toEqual({ label: 'Last 12 months', from: '2017-09-01', to: '2018-08-20' });
    for (const { periods } of groups)
      for (const { from, to } of periods) {
        expect(from >= '2017-05-10' && to <= '2018-08-20').toBe(true);
        expect(from <= to).toBe(true);
      }
  });

  test('name every year and quarter, newest first', () => {
    const [, years, quarters] = periodsWithin(extent);
    expect(years?.periods.map(({ label }) => label)).toEqual(['2018', '2017']);
    expect(quarters?.periods).toHaveLength(8);
    expect(quarters?.periods[0]).toEqual({ label: 'October to December 2018', from: '2018-10-01', to: '2018-12-31' });
  });

  test('offer no latest months that are all there is', () => {
    expect(latestMonths(extent, 24)).toBeNull();
    expect(latestMonths(extent, 12)).toMatchObject({ from: '2018-01-01', to: '2018-12-31' });
  });
});

test('months go over the turn of the year both ways', () => {
  expect(addMonths('2018-12', 1)).toBe('2019-01');
  expect(addMonths('2018-01', -1)).toBe('2017-12');
  expect(monthsBetween('2017-11', '2018-02')).toEqual(['2017-11', '2017-12', '2018-01', '2018-02']);
});
