import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, dayNumber, dayOf, isWholeMonths, monthOf, weekdayOf } from '../../server/count/calendar.ts';
import { weekdayNames } from '../../server/model.ts';
import { weekdayName } from '../helpers/columns.ts';

describe('the calendar', () => {
  it('numbers days and finds them again', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), (number) => {
        expect(dayNumber(dayOf(number))).toBe(number);
        expect(monthOf(number)).toBe(dayOf(number).slice(0, 7));
        expect(weekdayNames[weekdayOf(number)]).toBe(weekdayName(dayOf(number)));
      }),
    ));

  it.each([
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2023-12-15', 1, '2024-01-15'],
    ['2023-01-15', -1, '2022-12-15'],
    ['2023-03-31', -13, '2022-02-28'],
  ])('adds months to %s: %i months make %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it.each([
    ['2023-01-01', '2023-01-31', true],
    ['2023-01-01', '2023-12-31', true],
    ['2024-02-01', '2024-02-29', true],
    ['2024-02-01', '2024-02-28', false],
    ['2023-02-01', '2023-02-28', true],
    ['2023-01-02', '2023-01-31', false],
  ])('knows whether %s to %s is made of whole months', (from, to, expected) => {
    expect(isWholeMonths(from, to)).toBe(expected);
  });
});
