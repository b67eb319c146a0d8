import { describe, expect, test } from 'vitest';
import { dateForms, examplesOf, formsThatFit, readInForm, toggleForm } from '../../client/imports/date-forms.ts';
import { parseTime, timeFormatNames } from '../../server/import/parse-time.ts';

describe('a worked example of a date', () => {
  test.each([
    ['03/04/2023', 'DD/MM/YYYY', '3 April 2023'],
    ['03/04/2023', 'MM/DD/YYYY', '4 March 2023'],
    ['3/4/2023 14:05', 'DD/MM/YYYY HH:MM', '3 April 2023 at 14:05'],
    ['2023-04-03T09:30:10', 'YYYY-MM-DDTHH:MM:SS', '3 April 2023 at 09:30'],
    ['2023-04-03 09', 'YYYY-MM-DDTHH', '3 April 2023 at 09:00'],
    ['2023-04', 'YYYY-MM', 'April 2023'],
    ['20230403', 'YYYYMMDD', '3 April 2023'],
    ['01 Jan 2009', 'DD MMM YYYY', '1 January 2009'],
    ['1 July 2014 00:12', 'DD MMM YYYY HH:MM', '1 July 2014 at 00:12'],
    ['24.12.2023', 'DD.MM.YYYY', '24 December 2023'],
  ])('says that %s in the form %s is %s', (text, form, meaning) => {
    expect(readInForm(text, form)).toBe(meaning);
  });

  test('is in the time of the place where the text says how far it is from UTC', () => {
    expect(readInForm('2023-05-31T23:00:00+00:00', 'YYYY-MM-DDTHH:MM:SS')).toBe('1 June 2023 at 00:00');
    expect(readInForm('2023-12-31T23:00:00Z', 'YYYY-MM-DDTHH:MM:SS')).toBe('31 December 2023 at 23:00');
  });

  test.each(['31/02/2023', '03/13/2023', '3 April', '', '2023-04-03'])('is not made of %j as DD/MM/YYYY', (text) => {
    expect(readInForm(text, 'DD/MM/YYYY')).toBeNull();
  });

  test('shows what no ticked form reads first, then what could be read two ways', () => {
    const texts = ['25/12/2023', '03/04/2023', 'soon', '', '26/12/2023'];
    expect(examplesOf(texts, ['DD/MM/YYYY']).map(({ text, meaning }) => [text, meaning])).toEqual([
      ['soon', null],
      ['03/04/2023', '3 April 2023'],
      ['25/12/2023', '25 December 2023'],
    ]);
  });
});

describe('the forms to choose from', () => {
  test('are those the service knows', () => {
    expect([...dateForms].sort()).toEqual([...timeFormatNames].sort());
  });

  test('read what the service reads, and nothing it refuses', () => {
    const texts = [
      '03/04/2023',
      '3-4-2023 14:05',
      '2023-04-03T24:00',
      '31.04.2023',
      '1 Sept 2023',
      '2023-02-29',
      '20230403',
    ];
    for (const format of timeFormatNames)
      for (const text of texts) {
        const served = typeof parseTime(text, { formats: [format], timeZone: 'Europe/London' }) !== 'string';
        expect([format, text, readInForm(text, format) !== null]).toEqual([format, text, served]);
      }
  });

  test('that fit a file come first', () => {
    expect(formsThatFit(['25/12/2023 10:00', '03/04/2023 11:00'])).toEqual(['DD/MM/YYYY HH:MM', 'MM/DD/YYYY HH:MM']);
  });

  test('are never day first and month first at once', () => {
    expect(toggleForm(['DD/MM/YYYY', 'YYYY-MM'], 'MM/DD/YYYY HH:MM')).toEqual(['YYYY-MM', 'MM/DD/YYYY HH:MM']);
    expect(toggleForm(['DD/MM/YYYY', 'DD/MM/YYYY HH:MM'], 'DD/MM/YYYY')).toEqual(['DD/MM/YYYY HH:MM']);
  });
});
