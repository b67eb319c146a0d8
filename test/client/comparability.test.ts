import { expect, test } from 'vitest';
import { comparability } from '../../client/panels/comparability.ts';
import { monthsBetween } from '../../client/periods.ts';
import type { Catalog, Filter, Summary } from '../../server/model.ts';

const catalog = {
  extent: { from: '2017-01-01', to: '2018-12-31' },
  months: monthsBetween('2017-01', '2018-12'),
} as unknown as Catalog;
const year: Filter = { from: '2018-01-01', to: '2018-12-31', compare: 'previous-year' };
const summary = { previous: 100, compare: { from: '2017-01-01', to: '2017-12-31' } } as unknown as Summary;

test('two periods that are held in full can be compared', () => {
  expect(comparability(summary, year, catalog)).toEqual({ kind: 'possible', period: '2017' });
});

test('a period before the data start cannot be compared with', () => {
  const earlier = { ...summary, compare: { from: '2016-01-01', to: '2016-12-31' } };
  const filter = { ...year, from: '2017-01-01', to: '2017-12-31' };
  expect(comparability(earlier, filter, catalog)).toEqual({
    kind: 'impossible',
    reason: 'No comparison with 2016: the data start on 1 January 2017.',
  });
});

test('a month that is missing from either period forbids it', () => {
  for (const month of ['2017-06', '2018-06']) {
    const gap = { ...catalog, months: catalog.months.filter((held) => held !== month) };
    expect(comparability(summary, year, gap)).toMatchObject({ kind: 'impossible' });
  }
});

test('no comparison asked for is not a failed one', () => {
  expect(comparability(summary, { from: '2018-01-01' }, catalog)).toEqual({ kind: 'off' });
});
