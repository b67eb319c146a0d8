import { describe, expect, test } from 'vitest';
import type { ProfileInput } from '../../server/import/profile.ts';
import { parse, profileOf } from '../helpers/import-fixtures.ts';

const profile = (changes: Partial<ProfileInput>) =>
  profileOf({
    name: 'kinds',
    title: 'Kinds',
    source: 'kinds',
    attribution: '',
    required: [],
    country: 'uk',
    timeZone: 'Europe/London',
    category: { column: 'kind', codes: true },
    time: { from: 'day', formats: ['YYYY-MM-DD'] },
    places: [],
    identity: {},
    ...changes,
  });

async function take(header: string, rows: string[], changes: Partial<ProfileInput>) {
  const lines = rows.map((row) => `2024-05-01,${row}`);
  return parse({ text: `${[`day,${header}`, ...lines].join('\n')}\n` }, profile(changes));
}

async function codesOf(header: string, rows: string[], category: ProfileInput['category']) {
  const { incidents } = await take(header, rows, { category });
  return incidents.map((incident) => incident.category);
}

describe('what decides the category', () => {
  test('the first rule that matches, then the profile’s words, the mapping, codes, and what is left', async () => {
    const category: ProfileInput['category'] = {
      column: 'kind',
      rules: [
        { when: { kind: 'Fire', cause: 'Deliberate*' }, code: 'fire' },
        { when: { kind: ['Fire', 'Smoke'], cause: '' }, code: 'other.fire.cause-not-known' },
        { when: { cause: 'deliberate theft' }, code: 'crime' },
      ],
      words: { burglary: 'crime.burglary.residential', Rubbish: 'asb.environmental' },
      mapping: 'police-uk-types',
      codes: true,
      otherwise: 'other',
    };
    const rows = [
      'FIRE,deliberate  – own property',
      'smoke,',
      'x,Deliberate   Theft',
      'Blaze,Accident',
      ' Burglary ,',
      'rubbish,',
      'Shoplifting,',
      'asb.nuisance,',
      'Goose theft,',
    ];
    expect(await codesOf('kind,cause', rows, category)).toEqual([
      'fire',
      'other.fire.cause-not-known',
      'crime',
      'other',
      'crime.burglary.residential',
      'asb.environmental',
      'crime.shoplifting',
      'asb.nuisance',
      'other',
    ]);
  });

  test('a star takes any ending, and nothing else in a word is special', async () => {
    const rules = [
      { when: { kind: 'AS2*' }, code: 'asb' },
      { when: { kind: 'a.b' }, code: 'crime' },
      { when: { kind: 'Fire *' }, code: 'fire' },
    ];
    const rows = ['as21 personal', 'AS2', 'axb', 'a.b', 'XAS21', 'Fireworks', 'Fire  alarm'];
    expect(await codesOf('kind', rows, { column: 'kind', rules })).toEqual([
      'asb',
      'asb',
      'other.unmapped',
      'crime',
      'other.unmapped',
      'other.unmapped',
      'fire',
    ]);
  });

  test('a constant needs no column', async () => {
    expect(await codesOf('note', ['a', 'b'], { constant: 'crime.vehicle-crime.theft-of' })).toEqual([
      'crime.vehicle-crime.theft-of',
      'crime.vehicle-crime.theft-of',
    ]);
  });

  test('a blank cell is rejected unless a rule or "otherwise" has a code for it', async () => {
    const blank = async (category: ProfileInput['category']) => {
      const { incidents, rejects } = await take('kind,note', [',x'], { category });
      return incidents[0]?.category ?? rejects[0]?.reason;
    };
    expect(await blank({ column: 'kind', codes: true })).toBe('the category is missing; fill it in');
    expect(await blank({ column: 'kind', otherwise: 'other' })).toBe('other');
    expect(await blank({ column: 'kind', rules: [{ when: { kind: '' }, code: 'asb' }] })).toBe('asb');
  });

  test('several columns are joined, and those the file lacks left out', async () => {
    const category: ProfileInput['category'] = {
      column: ['kind', 'sub kind', 'not there'],
      words: { 'Theft of car': 'crime.vehicle-crime.theft-of', Theft: 'crime.other-theft' },
    };
    expect(await codesOf('kind,SUB_KIND', ['Theft,of car', 'Theft,'], category)).toEqual([
      'crime.vehicle-crime.theft-of',
      'crime.other-theft',
    ]);
  });

  test('a rule over a column the file lacks is refused by the column’s name', async () => {
    const rules = [{ when: { Cuase: 'x' }, code: 'fire' }];
    await expect(codesOf('kind', ['x'], { column: 'kind', rules })).rejects.toThrow(
      'test.csv lacks the column Cuase, which the profile kinds needs',
    );
  });
});

describe('what is kept of the words', () => {
  test('words say more than their codes where many share one, and are kept', async () => {
    const attributes = async (category: ProfileInput['category']) =>
      (await take('kind', ['Shoplifting'], { category })).incidents[0]?.attributes;
    expect(await attributes({ column: 'kind', mapping: 'police-uk-types' })).toEqual({});
    expect(await attributes({ column: 'kind', mapping: 'police-uk-types', keep: true })).toEqual({
      kind: 'Shoplifting',
    });
    expect(await attributes({ column: 'kind', otherwise: 'other' })).toEqual({ kind: 'Shoplifting' });
    expect(await attributes({ column: 'kind', codes: true })).toEqual({ kind: 'Shoplifting' });
  });

  test('words are counted with their codes, the most frequent first', async () => {
    const rules = [{ when: { kind: 'Fire', cause: 'x' }, code: 'fire' }];
    const rows = ['Fire,x', 'Fire,', 'Goose,', 'Fire,x', 'Goose,', 'Goose,'];
    const category: ProfileInput['category'] = { column: 'kind', rules, words: { fire: 'other.fire' } };
    const { words, unmapped } = await take('kind,cause', rows, { category });
    expect(words).toEqual([
      { word: 'Goose', code: null, count: 3 },
      { word: 'Fire', code: 'fire', count: 2 },
      { word: 'Fire', code: 'other.fire', count: 1 },
    ]);
    expect([...unmapped]).toEqual([['Goose', 3]]);
  });

  test('free text taken for a category does not fill the memory', async () => {
    const rows = Array.from({ length: 10_050 }, (_, index) => `word ${index}`);
    const { incidents, words } = await take('kind', rows, { category: { column: 'kind', otherwise: 'other' } });
    expect(incidents.every(({ category }) => category === 'other')).toBe(true);
    expect(words).toHaveLength(10_001);
    expect(words[0]).toEqual({ word: '(other words)', code: null, count: 50 });
    const long = await take('kind', ['x'.repeat(201), 'Shoplifting'], {
      category: { column: 'kind', mapping: 'police-uk-types' },
    });
    expect(long.words.map(({ word }) => word)).toEqual(['(other words)', 'Shoplifting']);
    expect([...long.unmapped]).toEqual([['(other words)', 1]]);
  });

  test('rows without an id that differ only in what a rule looks at are different incidents', async () => {
    const rules = [{ when: { cause: 'x' }, code: 'fire' }];
    const { incidents } = await take('kind,cause', ['Fire,x', 'Fire,y'], {
      category: { column: 'kind', rules, codes: true },
    });
    const again = await take('kind,cause', ['Fire,y', 'Fire,x'], { category: { column: 'kind', rules, codes: true } });
    expect(again.incidents.map(({ identity }) => identity).sort()).toEqual(
      incidents.map(({ identity }) => identity).sort(),
    );
    expect(new Set(incidents.map(({ identity }) => identity)).size).toBe(2);
  });

  test('columns to ignore are not stored, and still tell rows apart', async () => {
    const { incidents } = await take('age,note', ['18,a', '19,a'], {
      category: { constant: 'asb' },
      ignore: ['Age', 'not there'],
      identity: { also: ['age'] },
    });
    expect(incidents.map(({ attributes }) => attributes)).toEqual([{ note: 'a' }, { note: 'a' }]);
    const once = await take('age,note', ['19,a'], {
      category: { constant: 'asb' },
      ignore: ['Age'],
      identity: { also: ['age'] },
    });
    expect(once.incidents[0]?.identity).toBe(incidents[1]?.identity);
  });
});

describe('flags by rule', () => {
  const category: ProfileInput['category'] = { constant: 'fire' };

  test('every rule that matches adds its flag to those of the column', async () => {
    const flags: ProfileInput['flags'] = {
      column: 'flags',
      separator: '|',
      rules: [
        { when: { cause: 'Deliberate*' }, flag: 'deliberate' },
        { when: { drink: ['Y', 'Yes'] }, flag: 'alcohol' },
        { when: { 'not there': 'Y' }, flag: 'weapon' },
      ],
    };
    const rows = ['youth|glitter,Deliberate,yes', ',Accident,n', ',deliberate act,'];
    const { incidents, columns } = await take('flags,cause,drink', rows, { category, flags });
    expect(incidents.map((incident) => incident.flags)).toEqual([
      ['alcohol', 'deliberate', 'youth'],
      [],
      ['deliberate'],
    ]);
    expect(incidents[0]?.attributes).toMatchObject({ flags: 'glitter' });
    expect(columns.absent).toEqual(['not there']);
  });
});
