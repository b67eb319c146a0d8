import { describe, expect, test } from 'vitest';
import { yearTicks } from '../../client/charts/year-ticks.ts';

/** So many months from a first one on. */
const monthsFrom = (first: string, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const month = Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1 + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });

describe('years below a chart of months', () => {
  test('are all named where there is room', () => {
    expect(yearTicks(monthsFrom('2022-01', 36), 300)).toEqual(['2022-01', '2023-01', '2024-01']);
  });

  test('leave out the one that would run into the first', () => {
    expect(yearTicks(monthsFrom('2021-11', 30), 300)).toEqual(['2021-11', '2023-01', '2024-01']);
  });

  test('are evenly spaced and apart however long the time is', () => {
    for (const count of [60, 120, 176, 400]) {
      const months = monthsFrom('2009-03', count);
      const ticks = yearTicks(months, 300);
      const at = ticks.map((month) => (months.indexOf(month) * 300) / count);
      for (let index = 1; index < at.length; index++) expect(at[index]! - at[index - 1]!).toBeGreaterThanOrEqual(38);
      const years = ticks.slice(1).map((month) => Number(month.slice(0, 4)));
      const gaps = new Set(years.slice(1).map((year, index) => year - years[index]!));
      expect(gaps.size).toBeLessThanOrEqual(1);
      expect(ticks.length).toBeGreaterThan(2);
    }
  });

  test('name the only month there is, and nothing of none', () => {
    expect(yearTicks(['2024-05'], 300)).toEqual(['2024-05']);
    expect(yearTicks([], 300)).toEqual([]);
  });
});
