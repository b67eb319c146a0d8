import { describe, expect, test } from 'vitest';
import { parseTime, type TimeFormat, timeFormatNames } from '../../server/import/parse-time.ts';

const options = { formats: timeFormatNames, timeZone: 'Europe/London' };

describe('reading dates and times', () => {
  test.each([
    ['2018-03', '2018-03-01T00:00:00', '2018-03-31T23:59:59', 'month'],
    ['2024-02', '2024-02-01T00:00:00', '2024-02-29T23:59:59', 'month'],
    ['2018-03-01', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
    ['01/03/2018', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
    ['1/3/2018', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
    ['2018-03-01T23', '2018-03-01T23:00:00', '2018-03-01T23:59:59', 'hour'],
    ['2018-03-01T23:30', '2018-03-01T23:30:00', '2018-03-01T23:30:00', 'minute'],
    ['2018-03-01 23:30:15', '2018-03-01T23:30:15', '2018-03-01T23:30:15', 'minute'],
    ['2018-03-01 23:30:15.250', '2018-03-01T23:30:15', '2018-03-01T23:30:15', 'minute'],
    ['01/03/2018 9:05', '2018-03-01T09:05:00', '2018-03-01T09:05:00', 'minute'],
    ['01/03/2018 23:30:15', '2018-03-01T23:30:15', '2018-03-01T23:30:15', 'minute'],
    ['01 Mar 2018', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
    ['1 MARCH 2018', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
    ['1st march 2018', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
    ['01-Mar-2018 23:30', '2018-03-01T23:30:00', '2018-03-01T23:30:00', 'minute'],
    ['3 Sept 2018 9:05:30', '2018-09-03T09:05:30', '2018-09-03T09:05:30', 'minute'],
    ['01-03-2018', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
    ['01-03-2018 23:30', '2018-03-01T23:30:00', '2018-03-01T23:30:00', 'minute'],
    ['1.3.2018', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
    ['01.03.2018 23:30:15', '2018-03-01T23:30:15', '2018-03-01T23:30:15', 'minute'],
    ['20180301', '2018-03-01T00:00:00', '2018-03-01T23:59:59', 'day'],
  ])('%s', (text, start, end, precision) => {
    expect(parseTime(text, options)).toEqual({ start, end, precision });
  });

  test.each([
    ['2018-03-01T22:30Z', '2018-03-01T22:30:00', 'winter'],
    ['2018-07-01T22:30:00Z', '2018-07-01T23:30:00', 'summer'],
    ['2023-05-31T23:00:00+00:00', '2023-06-01T00:00:00', 'local midnight written in UTC'],
    ['2018-07-01 23:30:00 +0100', '2018-07-01T23:30:00', 'local time with its own offset'],
    ['2018-07-01T23:30+01', '2018-07-01T23:30:00', 'an offset in hours'],
    ['2024-10-27T00:30:00Z', '2024-10-27T01:30:00', 'the last hour of summer time'],
    ['2024-10-27T01:30:00Z', '2024-10-27T01:30:00', 'the hour that comes twice'],
  ])('%s is an instant, turned into local time %s (%s)', (text, start) => {
    expect(parseTime(text, options)).toEqual({ start, end: start, precision: 'minute' });
  });

  test.each([
    ['31/02/2018', 'there is no day 31 in 2018-02'],
    ['2023-02-29', 'there is no day 29 in 2023-02'],
    ['2018-13', 'there is no month 13; correct'],
    ['2018-00-01', 'there is no month 00'],
    ['03/25/2018', 'there is no month 25; dates are read day first, DD/MM/YYYY'],
    ['2018-03-01T25:00', 'there is no hour 25; hours run from 00 to 23'],
    ['2018-03-01 24:00', 'there is no hour 24'],
    ['2018-03-01 23:60', 'there is no minute 60'],
    ['2018-03-01 23:59:60', 'there is no second 60'],
    ['0218-03-01', 'the year 0218 is too early'],
    ['01/01/1900', 'the year 1900 is too early'],
    ['2018-07-01T23:30+99:99', 'there is no offset +99:99 from UTC'],
    ['01/03/18', 'not a date in a form known here; write it as YYYY-MM or YYYY-MM-DD or'],
    ['March 2018', 'not a date in a form known here'],
    ['1 Marzo 2018', 'there is no month Marzo; write the name of the month in English, as in 1 July 2014'],
    ['1 ma 2018', 'not a date in a form known here'],
    ['31.02.2018', 'there is no day 31 in 2018-02'],
    ['01-13-2018', 'there is no month 13; dates are read day first, DD-MM-YYYY; correct the date'],
    ['20180231', 'there is no day 31'],
    ['43160', 'not a date in a form known here'],
    ['01/03/2018 9:05 PM', 'not a date in a form known here'],
    ['-2018-03', 'not a date in a form known here'],
  ])('%s is refused: %s', (text, reason) => {
    expect(parseTime(text, options)).toContain(reason);
  });

  test.each([
    ['3/25/2018', '2018-03-25T00:00:00', '2018-03-25T23:59:59', 'day'],
    ['3/25/2018 0', '2018-03-25T00:00:00', '2018-03-25T00:59:59', 'hour'],
    ['03/25/2018 23', '2018-03-25T23:00:00', '2018-03-25T23:59:59', 'hour'],
    ['03/25/2018 23:30', '2018-03-25T23:30:00', '2018-03-25T23:30:00', 'minute'],
  ])('%s is read month first where a profile says so', (text, start, end, precision) => {
    const formats: TimeFormat[] = ['MM/DD/YYYY', 'MM/DD/YYYY HH', 'MM/DD/YYYY HH:MM'];
    expect(parseTime(text, { ...options, formats })).toEqual({ start, end, precision });
    expect(parseTime('25/03/2018', { ...options, formats })).toBe(
      'there is no month 25; dates are read month first, MM/DD/YYYY; correct the date',
    );
  });

  test('a form the profile does not name is not read', () => {
    expect(parseTime('01/03/2018', { ...options, formats: ['YYYY-MM'] })).toBe(
      'this is not a date in a form known here; write it as YYYY-MM',
    );
  });
});
