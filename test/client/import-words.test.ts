import { describe, expect, test } from 'vitest';
import { categoryOptions, findOptions } from '../../client/imports/category-options.ts';
import { mapChange } from '../../client/imports/map-of-import.ts';
import { hitRateOf, hitRateSentence, outcomeSentence, placedRows } from '../../client/imports/outcome-words.ts';
import { removalSentences, removedSentence } from '../../client/imports/removal-words.ts';
import { unknownRows, wordRows } from '../../client/imports/word-rows.ts';
import {
  duplicateSentences,
  monthSentences,
  stackedSentence,
  withinLabel,
} from '../../client/quality/quality-words.ts';
import type { ImportSummary, Quality, Removal, Trial } from '../../server/import-model.ts';
import type { Catalog } from '../../server/model.ts';

const summary: ImportSummary = {
  id: 3,
  source: 'Council',
  fileName: 'asb.csv',
  finishedAt: '2026-11-22T09:15:00Z',
  rowsRead: 12,
  accepted: 10,
  added: 8,
  changed: 1,
  unchanged: 1,
  rejected: 2,
  unlocated: 0,
  removedAt: null,
};

describe('a category that is looked for', () => {
  const options = categoryOptions([
    { code: 'asb', name: 'Anti-social behaviour' },
    { code: 'asb.nuisance', name: 'Nuisance' },
    { code: 'fire', name: 'Fires' },
  ]);

  test('has its path, so that one nuisance is told from another', () => {
    expect(options.map(({ path }) => path)).toEqual([
      'Anti-social behaviour',
      'Anti-social behaviour › Nuisance',
      'Fires',
    ]);
  });

  test('is found by the beginnings of its words in any order, and by its code', () => {
    expect(findOptions(options, 'nui SOC').map(({ code }) => code)).toEqual(['asb.nuisance']);
    expect(findOptions(options, 'asb').map(({ code }) => code)).toEqual(['asb', 'asb.nuisance']);
    expect(findOptions(options, 'ocial')).toEqual([]);
    expect(findOptions(options, ' ')).toEqual(options);
  });
});

describe('the words of a file', () => {
  const words: Trial['words'] = [
    { word: 'Fire', count: 9, code: 'fire.primary' },
    { word: 'Begging', count: 5, code: null },
    { word: 'Fire', count: 2, code: 'fire.secondary' },
  ];

  test('come one a row, those nothing knows first', () => {
    expect(wordRows(words).map(({ word, count, kept }) => [word, count, kept.length])).toEqual([
      ['Begging', 5, 1],
      ['Fire', 11, 2],
    ]);
  });

  test('are known once they are mapped by hand', () => {
    expect(unknownRows(wordRows(words), {})).toEqual({ words: 1, rows: 5 });
    expect(unknownRows(wordRows(words), { Begging: 'asb' })).toEqual({ words: 0, rows: 0 });
  });
});

describe('what came of a file', () => {
  test('is one sentence', () => {
    expect(outcomeSentence({ rowsRead: 1084, accepted: 1070, rejected: 14 }, false)).toBe(
      '1,084 rows read: 1,070 would be accepted, 14 would be rejected.',
    );
    expect(outcomeSentence({ rowsRead: 1, accepted: 1, rejected: 0 }, true)).toBe('1 row read: all accepted.');
    expect(outcomeSentence({ rowsRead: 0, accepted: 0, rejected: 0 }, true)).toBe('The file has no rows.');
  });

  test('says how incidents were placed, and how that compares with the field’s estimate', () => {
    const placed = { coordinates: 80, postcode: 4, street: 1, areaOnly: 15, none: 0 };
    expect(placedRows(placed).map(({ count }) => count)).toEqual([80, 4, 1, 15]);
    expect(hitRateOf(placed)).toBe(0.85);
    expect(hitRateSentence(0.85)).toContain('85.0% have a point on the map, at or above the 85%');
    expect(hitRateSentence(0.8499)).toContain('below the 85%');
    expect(hitRateSentence(hitRateOf({ ...placed, coordinates: 0, postcode: 0, street: 0, areaOnly: 0 }))).toContain(
      'no incidents',
    );
  });

  test('opens the map on its dates and categories', () => {
    const trial = {
      firstDay: '2014-07-01',
      lastDay: '2014-07-31',
      words: [{ word: 'x', count: 1, code: null }],
    } as unknown as Trial;
    const { filter, position } = mapChange(trial, {}, { bounds: [0, 0, 1, 1] } as unknown as Catalog);
    expect(filter).toMatchObject({ from: '2014-07-01', to: '2014-07-31', categories: ['other.unmapped'] });
    expect(position).toBeNull();
    expect(mapChange(trial, { x: 'asb' }, {} as Catalog).filter?.categories).toEqual(['asb']);
  });
});

describe('the removal of an import', () => {
  const removal: Removal = { import: summary, removed: 1, restored: 2, kept: 0, alsoInLater: 3, months: [] };

  test('is told before, only what happens', () => {
    expect(removalSentences(removal)).toEqual([
      '1 incident goes.',
      '2 incidents say again what they said before this import.',
      '3 rows were found unchanged by later imports, and go all the same.',
    ]);
    expect(removalSentences({ ...removal, removed: 0, restored: 0, alsoInLater: 0 })).toEqual(['No incident changes.']);
  });

  test('is told after', () => {
    expect(removedSentence(removal)).toBe('asb.csv was removed: 1 incident taken away, 2 put back as before.');
  });
});

describe('the report on quality', () => {
  const month = (name: string, incidents: number, sudden = false) => ({
    month: name,
    incidents,
    missing: incidents === 0,
    usual: 100,
    sudden,
  });
  const quality = {
    months: [
      month('2022-02', 90),
      month('2022-03', 0),
      month('2022-04', 0),
      month('2022-05', 400, true),
      month('2022-06', 0),
      month('2022-07', 90),
    ],
    stacked: { points: 2000, topTen: 500, share: 0.25, places: [] },
    duplicates: { sameContent: 1, repeatedIds: 0 },
  } as unknown as Quality;

  test('names missing months as spans, and those far from the usual', () => {
    expect(monthSentences(quality)).toEqual([
      '3 months are missing between February 2022 and July 2022: March 2022 to April 2022, June 2022.',
      'May 2022 is far from the usual: 400 incidents, where 100 are usual.',
    ]);
    expect(monthSentences({ ...quality, months: [month('2022-02', 90)] })).toEqual([
      'No month is missing: February 2022.',
    ]);
  });

  test('says how many incidents stand on the commonest points', () => {
    expect(stackedSentence(quality)).toBe('500 incidents (25.0%) stand on the ten commonest of 2,000 points.');
    expect(stackedSentence({ ...quality, stacked: { points: 0, topTen: 0, share: null, places: [] } })).toBe(
      'No incident has a point.',
    );
  });

  test('says what is alike, and that it is counted', () => {
    expect(duplicateSentences(quality)[0]).toContain('1 incident without a reference number equals another');
    expect(duplicateSentences({ ...quality, duplicates: { sameContent: 0, repeatedIds: 0 } })).toEqual([
      'None were found.',
    ]);
  });

  test('says how closely a place is known', () => {
    expect([withinLabel(1), withinLabel(100), withinLabel(5000), withinLabel(null)]).toEqual([
      'Within 1 m',
      'Within 100 m',
      'Within 5.0 km',
      'Not known how closely',
    ]);
  });
});
