import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { incidents, type Query, select, tally, wardOfIncident } from './count-demo.ts';

const folder = new URL('../golden/published/', import.meta.url);
type Cited = { readonly about: string; readonly source: string; readonly query: Query };

function read<T>(name: string): (Cited & T)[] {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}

const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('the demo adds up to the published tables', () => {
  test.each(files)('%s', (file) => {
    const wrong = read<{ expected: number }>(file)
      .map((question) => ({ ...question, found: select(question.query).length }))
      .filter(({ found, expected }) => found !== expected);
    expect(wrong).toEqual([]);
  });

  test('no question is asked twice and all are cited', () => {
    const questions = files.flatMap((file) => read(file));
    expect(questions.length).toBeGreaterThan(250);
    expect(new Set(questions.map(({ query }) => JSON.stringify(query))).size).toBeGreaterThan(240);
    expect(questions.filter(({ source }) => !source.startsWith('Safer Hartlepool Partnership, '))).toEqual([]);
  });

  test('the matrix of secondary fires has all 66 cells', () => {
    const cells = read('secondary-fires.json').filter(
      ({ query }) => query.area && query.categories[0] !== 'fire.secondary',
    );
    expect(cells).toHaveLength(66);
  });
});

describe('the demo changes, leans and peaks as the papers say', () => {
  test.each(read<{ difference: number; percent: number; decimals: number }>('patterns/changes.json'))(
    '$about: $difference',
    ({ query, difference, percent, decimals }) => {
      const now = select(query).length;
      const before = select({ ...query, from: '2017-01-01', to: '2017-12-31' }).length;
      expect(now - before).toBe(difference);
      expect(((100 * (now - before)) / before).toFixed(decimals)).toBe(percent.toFixed(decimals));
    },
  );

  test.each(
    read<{ areas?: string[]; part?: Partial<Query>; percent: number; decimals: number }>('patterns/shares.json'),
  )('$about: $percent %', ({ query, areas, part = {}, percent, decimals }) => {
    const found = select({ ...query, ...part });
    const held = areas ? found.filter((incident) => areas.includes(wardOfIncident(incident) ?? '')) : found;
    expect(((100 * held.length) / select(query).length).toFixed(decimals)).toBe(percent.toFixed(decimals));
  });

  test.each(read<{ peakMonths: string[] }>('patterns/peaks.json'))('$about: $peakMonths', ({ query, peakMonths }) => {
    const months = tally(select(query), ({ occurredFrom }) => occurredFrom.slice(0, 7));
    const peaks = months.slice(0, peakMonths.length).map(([month]) => month);
    expect(peaks.sort()).toEqual(peakMonths);
    expect(months[peakMonths.length - 1]?.[1]).toBeGreaterThan(months[peakMonths.length]?.[1] ?? 0);
  });

  test.each(read<{ topWards: string[] }>('patterns/top-wards.json'))('$about: $topWards', ({ query, topWards }) => {
    const wards = tally(select(query), wardOfIncident);
    const top = wards.slice(0, topWards.length).map(([ward]) => ward);
    expect(top.sort()).toEqual([...topWards].sort());
  });

  test('youth anti-social behaviour fell in every ward, most in the four named', () => {
    const query = { categories: ['asb'], flags: ['youth'] };
    const count = (ward: string, year: number) =>
      select({ ...query, area: ward, from: `${year}-01-01`, to: `${year}-12-31` }).length;
    const falls = [...new Set(incidents.map(wardOfIncident))]
      .filter((ward) => ward !== null)
      .map((ward) => ({ ward, percent: (100 * (count(ward, 2017) - count(ward, 2018))) / count(ward, 2017) }))
      .sort((a, b) => b.percent - a.percent);
    expect(falls).toHaveLength(11);
    expect(falls.at(-1)?.percent).toBeGreaterThan(0);
    const most = falls.slice(0, 4).map(({ ward }) => ward);
    expect(most.sort()).toEqual(['Burn Valley', 'Fens and Rossmere', 'Hart', 'Rural West']);
  });
});
