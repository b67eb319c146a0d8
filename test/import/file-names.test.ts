import { expect, test } from 'vitest';
import { coveredMonth, isFileOf } from '../../server/import/file-names.ts';

test.each([
  ['*-street.csv', '2024-01/2024-01-cleveland-street.csv', true],
  ['*-street.csv', '2024-01\\2024-01-CLEVELAND-STREET.CSV', true],
  ['*-street.csv', '2024-01-cleveland-outcomes.csv', false],
  ['*-street.csv', '-street.csv', true],
  ['2024-*-street*.csv', '2024-01-cleveland-street-2.csv', true],
  ['a*a', 'a', false],
  ['a*b*b', 'ab', false],
  ['*', 'anything', true],
  ['fires.csv', 'fires.csv', true],
  ['fires.csv', 'my fires.csv', false],
  ['(a+)+*x', `${'a'.repeat(50)}y`, false],
])('the pattern %s and the file %s: %s', (pattern, name, expected) => {
  expect(isFileOf({ files: [pattern] }, name)).toBe(expected);
});

test('a profile without patterns is for any file', () => {
  expect(isFileOf({ files: undefined }, 'x.csv')).toBe(true);
});

test('only the files of a monthly feed cover the month in their name', () => {
  expect(coveredMonth({ covers: 'month' }, '2024-02/2024-01-cleveland-street.csv')).toBe('2024-01');
  expect(coveredMonth({ covers: 'any' }, '2024-01-cleveland-street.csv')).toBeNull();
});
