import { describe, expect, test } from 'vitest';
import {
  formatArea,
  formatChange,
  formatCount,
  formatDay,
  formatDays,
  formatHours,
  formatIncidents,
  formatLength,
  formatMonth,
  formatPercentChange,
  formatRange,
  formatShare,
  formatWeight,
  lastDayOf,
} from '../../client/format.ts';
import { hexagonSize } from '../../client/map/hexagon-size.ts';

describe('numbers', () => {
  test('have thousands separators', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatIncidents(1)).toBe('1 incident');
    expect(formatIncidents(12345)).toBe('12,345 incidents');
  });

  test('carry a sign when they are changes', () => {
    expect([12, -1234, 0].map(formatChange)).toEqual(['+12', '−1,234', '0']);
    expect([16.55, -3.24, 0.04, 0, -1250].map(formatPercentChange)).toEqual(['+17%', '−3.2%', '0%', '0%', '−1,250%']);
  });

  test('say so when a share is too small to write', () => {
    expect([formatShare(1, 4), formatShare(1, 5000), formatShare(0, 10), formatShare(0, 0)]).toEqual([
      '25.0%',
      'less than 0.1%',
      '0%',
      '0%',
    ]);
  });

  test('show one decimal only where there is one', () => {
    expect([3, 3.4444, 123.4].map(formatWeight)).toEqual(['3', '3.4', '123']);
  });

  test('give sizes as one would say them', () => {
    expect([9, 8, 7, 10].map((resolution) => formatArea(hexagonSize(resolution).squareKilometres))).toEqual([
      '0.1 km²',
      '0.7 km²',
      '5.2 km²',
      '1.5 hectares',
    ]);
    expect([9, 7].map((resolution) => formatLength(hexagonSize(resolution).widthMetres))).toEqual(['350 m', '2.4 km']);
  });
});

describe('dates', () => {
  test('are written the British way', () => {
    expect(formatDay('2018-09-12')).toBe('12 September 2018');
    expect(formatMonth('2018-09')).toBe('September 2018');
  });

  test('make ranges no longer than they need to be', () => {
    expect(formatDays('2018-01-01', '2018-12-31')).toBe('2018');
    expect(formatDays('2016-02-01', '2016-02-29')).toBe('February 2016');
    expect(formatDays('2018-07-01', '2018-09-30')).toBe('1 July to 30 September 2018');
    expect(formatDays('2017-10-01', '2018-03-31')).toBe('1 October 2017 to 31 March 2018');
    expect(formatDays('2018-03-02', '2018-03-02')).toBe('2 March 2018');
  });

  test('may be open at one end', () => {
    expect([
      formatRange('2018-01-01', undefined),
      formatRange(undefined, '2018-01-01'),
      formatRange(undefined, undefined),
    ]).toEqual(['From 1 January 2018', 'Up to 1 January 2018', 'All dates']);
  });

  test('know the last day of a month', () => {
    expect(['2016-02', '2018-02', '2018-12'].map(lastDayOf)).toEqual(['2016-02-29', '2018-02-28', '2018-12-31']);
  });
});

describe('hours', () => {
  test('are clock ranges, joined over midnight', () => {
    expect(formatHours([18, 19, 20])).toBe('18:00 to 21:00');
    expect(formatHours([0, 1, 2, 3, 18, 19, 20, 21, 22, 23])).toBe('18:00 to 04:00');
    expect(formatHours([8, 15, 16])).toBe('08:00 to 09:00, 15:00 to 17:00');
    expect(formatHours([23])).toBe('23:00 to 00:00');
  });
});
