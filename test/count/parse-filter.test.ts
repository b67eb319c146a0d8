import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterKey, type KnownNames, parseFilter } from '../../server/count/parse-filter.ts';
import type { InputError } from '../../server/errors.ts';
import type { Filter, FilterQuery } from '../../server/model.ts';

const vintagesOf: Readonly<Record<string, readonly (string | null)[]>> = {
  E1: [null, '2013-12-01', '2025-01-01'],
  E2: ['2013-12-01'],
  'a:b': ['2025-01-01'],
};
const known: KnownNames = {
  categories: new Set(['asb', 'asb.nuisance', 'asb.personal', 'violence', 'violence.with-injury', 'violence-other']),
  flags: new Set(['alcohol', 'domestic', 'weapon']),
  hasVintage: (layer, day) => (layer ?? 'ward') === 'ward' && ['2013-12-01', '2025-01-01', null].includes(day),
  findArea({ layer, code }) {
    const vintages = layer === 'ward' ? vintagesOf[code] : undefined;
    return vintages ? { newest: vintages.at(-1)!, inVintage: (day) => vintages.includes(day) } : null;
  },
};
const parse = (query: FilterQuery) => parseFilter(query, known);

describe('parsing a filter', () => {
  it.each<[FilterQuery, Filter]>([
    [{}, {}],
    [{ categories: 'violence' }, { categories: ['violence'] }],
    [{ categories: ' violence , asb.nuisance' }, { categories: ['asb.nuisance', 'violence'] }],
    [{ categories: 'asb.nuisance,asb,violence.with-injury' }, { categories: ['asb', 'violence.with-injury'] }],
    [{ categories: 'violence,violence-other' }, { categories: ['violence', 'violence-other'] }],
    [{ categories: 'asb,asb' }, { categories: ['asb'] }],
    [{ flags: 'weapon,-domestic,alcohol' }, { flags: { has: ['alcohol', 'weapon'], lacks: ['domestic'] } }],
    [{ from: '2024-02-29' }, { from: '2024-02-29' }],
    [
      { from: '2023-01-01', to: '2023-01-01' },
      { from: '2023-01-01', to: '2023-01-01' },
    ],
    [{ hours: '18-20,0-1' }, { hours: [0, 1, 18, 19, 20] }],
    [{ hours: '7,07,7-8' }, { hours: [7, 8] }],
    [{ weekdays: 'sat,fri,sat' }, { weekdays: ['fri', 'sat'] }],
    [
      { area: 'ward:E2,ward:E1' },
      {
        areas: [
          { layer: 'ward', code: 'E1' },
          { layer: 'ward', code: 'E2' },
        ],
      },
    ],
    [{ area: 'ward:a:b' }, { areas: [{ layer: 'ward', code: 'a:b' }] }],
    [{ area: 'ward:E1', vintage: '2013-12-01' }, { areas: [{ layer: 'ward', code: 'E1', validFrom: '2013-12-01' }] }],
    [{ area: 'ward:E1', vintage: 'undated' }, { areas: [{ layer: 'ward', code: 'E1', validFrom: null }] }],
    [{ vintage: '2013-12-01' }, {}],
    [{ compare: 'previous-year' }, { compare: 'previous-year' }],
    [{ compare: 'previous-period' }, { compare: 'previous-period' }],
    [{ compare: '2022-01-01..2022-12-31' }, { compare: { from: '2022-01-01', to: '2022-12-31' } }],
  ])('gives %j its meaning', (query, filter) => {
    expect(parse(query)).toEqual(filter);
  });

  it.each<[FilterQuery, string]>([
    [{ categories: 'arson' }, 'categories: there is no "arson"; /api/catalog lists the codes'],
    [{ categories: 'Violence' }, 'categories: there is no "Violence"; /api/catalog lists the codes'],
    [{ categories: 'constructor' }, 'categories: there is no "constructor"; /api/catalog lists the codes'],
    [{ categories: '' }, 'categories: an empty name in ""; leave categories out to take all'],
    [{ categories: 'asb,' }, 'categories: an empty name in "asb,"; leave categories out to take all'],
    [{ flags: 'drunk' }, 'flags: there is no "drunk"; /api/catalog lists the flags'],
    [{ flags: '-' }, 'flags: there is no ""; /api/catalog lists the flags'],
    [{ flags: '--weapon' }, 'flags: there is no "-weapon"; /api/catalog lists the flags'],
    [{ flags: 'weapon,-weapon' }, 'flags: "weapon" is both wanted and not wanted; leave one out'],
    [{ from: '' }, 'from: "" is not a day of the calendar; write it as 2023-01-31'],
    [{ from: '2023-02-31' }, 'from: "2023-02-31" is not a day of the calendar; write it as 2023-01-31'],
    [{ from: '2023-13-01' }, 'from: "2023-13-01" is not a day of the calendar; write it as 2023-01-31'],
    [{ from: '2023-2-1' }, 'from: "2023-2-1" is not a day of the calendar; write it as 2023-01-31'],
    [{ to: '31/01/2023' }, 'to: "31/01/2023" is not a day of the calendar; write it as 2023-01-31'],
    [{ to: '2023-01-01T00:00' }, 'to: "2023-01-01T00:00" is not a day of the calendar; write it as 2023-01-31'],
    [{ from: '0001-01-01' }, 'from: 0001-01-01 is out of reach; days from 1900-01-01 to 2199-12-31 are taken'],
    [{ to: '9999-12-31' }, 'to: 9999-12-31 is out of reach; days from 1900-01-01 to 2199-12-31 are taken'],
    [
      { from: '2023-02-01', to: '2023-01-31' },
      'from: the range 2023-02-01 to 2023-01-31 is reversed; put the earlier day first',
    ],
    [{ hours: '' }, 'hours: an empty name in ""; leave hours out to take all'],
    [{ hours: '24' }, 'hours: "24" is not an hour or a range of hours, 0 to 23'],
    [{ hours: '-1' }, 'hours: "-1" is not an hour or a range of hours, 0 to 23'],
    [{ hours: '1.5' }, 'hours: "1.5" is not an hour or a range of hours, 0 to 23'],
    [{ hours: '1-2-3' }, 'hours: "1-2-3" is not an hour or a range of hours, 0 to 23'],
    [{ hours: '22-3' }, 'hours: the range 22-3 is reversed; for a range over midnight write 22-23,0-3'],
    [{ weekdays: 'Mon' }, 'weekdays: there is no "Mon"; use mon, tue, wed, thu, fri, sat, sun'],
    [{ weekdays: ',' }, 'weekdays: an empty name in ","; leave weekdays out to take all'],
    [{ area: 'E1' }, 'area: "E1" is not layer:code, such as ward:E05013049'],
    [{ area: ':E1' }, 'area: ":E1" is not layer:code, such as ward:E05013049'],
    [{ area: 'ward:' }, 'area: "ward:" is not layer:code, such as ward:E05013049'],
    [{ area: 'ward:E9' }, 'area: there is no "ward:E9"; /api/catalog lists the areas held'],
    [{ area: 'ward:E2', vintage: '2025-01-01' }, 'area: there is no "ward:E2"; it is none of the wards of 2025'],
    [{ vintage: '2019-05-02' }, 'vintage: there is no "2019-05-02"; /api/catalog lists the vintages held'],
    [{ vintage: '' }, 'vintage: there is no ""; /api/catalog lists the vintages held'],
    [{ area: 'lsoa:E1' }, 'area: there is no "lsoa:E1"; /api/catalog lists the areas held'],
    [
      { compare: 'last-year' },
      'compare: "last-year" is not previous-year, previous-period or a range such as 2022-01-01..2022-12-31',
    ],
    [
      { compare: '2022-01-01..2022-02-01..2022-03-01' },
      'compare: "2022-01-01..2022-02-01..2022-03-01" is not previous-year, previous-period or a range such as 2022-01-01..2022-12-31',
    ],
    [{ compare: '2022-01-01..' }, 'compare: "" is not a day of the calendar; write it as 2023-01-31'],
    [
      { compare: '2022-02-01..2022-01-01' },
      'compare: the range 2022-02-01 to 2022-01-01 is reversed; put the earlier day first',
    ],
  ])('refuses %j in one clear line', (query, message) => {
    expect(() => parse(query)).toThrow(expect.objectContaining({ name: 'InputError', message }));
  });

  it('refuses a list nobody made by hand', () => {
    const categories = Array.from({ length: 501 }, (_, index) => `c${index}`).join();
    expect(() => parse({ categories })).toThrow('categories: 501 names; at most 500 are taken');
  });

  it('says in its details which parameter and which value', () => {
    expect.assertions(1);
    try {
      parse({ categories: 'arson' });
    } catch (error) {
      expect((error as InputError).details).toEqual({ parameter: 'categories', value: 'arson' });
    }
  });
});

describe('the key of a filter', () => {
  const list = (items: readonly string[]) => fc.shuffledSubarray([...items], { minLength: 1 });
  const lists = fc.record(
    {
      categories: list([...known.categories]),
      flags: list(['alcohol', '-domestic', 'weapon']),
      hours: list(['0', '5-7', '22-23', '6']),
      weekdays: list(['mon', 'wed', 'sun']),
      area: list(['ward:E1', 'ward:E2', 'ward:a:b']),
    },
    { requiredKeys: [] },
  );
  const text = (query: Record<string, readonly string[]>): FilterQuery =>
    Object.fromEntries(Object.entries(query).map(([name, items]) => [name, items.join()]));

  it('is the same whatever the order and the repetition of names', () =>
    fc.assert(
      fc.property(lists, (query) => {
        const turned = Object.entries(query)
          .reverse()
          .map(([name, items]) => [name, [...items, ...items].reverse()] as const);
        expect(filterKey(parse(text(Object.fromEntries(turned))))).toBe(filterKey(parse(text(query))));
      }),
    ));

  it('differs between filters that differ', () =>
    fc.assert(
      fc.property(lists, lists, (one, other) => {
        const [first, second] = [parse(text(one)), parse(text(other))];
        const same = JSON.stringify(sorted(first)) === JSON.stringify(sorted(second));
        expect(filterKey(first) === filterKey(second)).toBe(same);
      }),
    ));

  it('is the same for the newest vintage, named or not', () => {
    const key = (query: FilterQuery) => filterKey(parse(query));
    expect(key({ area: 'ward:E1', vintage: '2025-01-01' })).toBe(key({ area: 'ward:E1' }));
    // E2 was last held in 2013
    expect(key({ area: 'ward:E2', vintage: '2013-12-01' })).toBe(key({ area: 'ward:E2' }));
    expect(key({ vintage: '2013-12-01' })).toBe(key({}));
  });

  it('takes every part of the filter into account', () => {
    const filters: FilterQuery[] = [
      {},
      { categories: 'asb' },
      { flags: 'weapon' },
      { flags: '-weapon' },
      { from: '2023-01-01' },
      { to: '2023-01-01' },
      { hours: '1' },
      { weekdays: 'mon' },
      { area: 'ward:E1' },
      { area: 'ward:E1', vintage: '2013-12-01' },
      { area: 'ward:E1', vintage: 'undated' },
      { compare: 'previous-year' },
      { compare: 'previous-period' },
      { compare: '2023-01-01..2023-01-01' },
    ];
    expect(new Set(filters.map((query) => filterKey(parse(query)))).size).toBe(filters.length);
  });
});

function sorted(filter: Filter): [string, unknown][] {
  return Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1));
}
