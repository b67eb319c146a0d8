import { describe, expect, test } from 'vitest';
import { builtInFormat, readFormatCode, serialToText } from '../../server/import/cell-format.ts';
import { numberText, plainNumber } from '../../server/import/number-text.ts';

describe('formats of numbers', () => {
  test.each([
    ['dd/mm/yyyy', 'date'],
    ['[$-809]dd mmmm yyyy;@', 'date'],
    ['mmm', 'date'],
    ['hh:mm:ss', 'time'],
    ['h:mm AM/PM', 'time'],
    ['yyyy-mm-dd\\Thh:mm', 'date and time'],
    ['0.00" days"', 'number'],
    ['#,##0.00\\ [$€-1]', 'number'],
    ['General', 'number'],
    ['0.00E+00', 'number'],
    ['[Red]0;[Blue]-0', 'number'],
    ['@', 'number'],
  ])('%s shows a %s', (code, what) => {
    const format = readFormatCode(code);
    const shown =
      format.kind === 'moment'
        ? [format.date && 'date', format.time && 'time'].filter(Boolean).join(' and ')
        : format.kind;
    expect(shown).toBe(what);
  });

  test('serial numbers agree with a calendar, on both sides of the 29 February 1900 that never was', () => {
    const date = builtInFormat(14) as Extract<ReturnType<typeof builtInFormat>, { kind: 'moment' }>;
    const days: [number, string | null][] = [
      [1, '1900-01-01'],
      [59, '1900-02-28'],
      [60, '1900-02-29'],
      [61, '1900-03-01'],
      [36526, '2000-01-01'],
      [45291.999999, '2024-01-01'],
      [2958465, '9999-12-31'],
      [2958466, null],
      [-1, null],
      [0, null],
      [Number.NaN, null],
    ];
    for (const [serial, text] of days) expect(serialToText(serial, date, false)).toBe(text);
  });

  test('numbers never come with an exponent', () => {
    expect(['1e3', '1.5e21', '-2E-10', 'x', '', '00'].map(numberText)).toEqual([
      '1000',
      '1500000000000000000000',
      '-0.0000000002',
      'x',
      '',
      '0',
    ]);
    expect(plainNumber(-1.25e-7)).toBe('-0.000000125');
  });
});
