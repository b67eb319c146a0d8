import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterParameters, hoursToText, normaliseFilter, queryText } from '../../client/filter-query.ts';
import {
  corrections,
  defaultView,
  fixedResolutions,
  hotspotPeriods,
  hotspotRanks,
  listNames,
  pageNames,
  panelNames,
  sheetNames,
  shownMeasures,
  sourcesOfP,
  type View,
} from '../../client/view.ts';
import { isBareUrl, roundPosition, urlFromView, viewFromUrl } from '../../client/view-url.ts';
import { type Filter, weekdayNames } from '../../server/model.ts';

const code = fc.stringMatching(/^[a-z]{1,8}(\.[a-z][a-z-]{0,8}){0,2}$/);
const layer = fc.constantFrom('ward', 'lsoa', 'district');
const areaCode = fc.stringMatching(/^[EW]\d{8}$/);
const day = fc
  .date({ min: new Date('2010-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const days = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

const filter: fc.Arbitrary<Filter> = fc
  .record(
    {
      categories: fc.array(code, { maxLength: 4 }),
      flags: fc.record({ has: fc.array(code, { maxLength: 2 }), lacks: fc.array(code, { maxLength: 2 }) }),
      dates: days,
      hours: fc.array(fc.integer({ min: 0, max: 23 })),
      weekdays: fc.subarray([...weekdayNames]),
      areas: fc.array(fc.record({ layer, code: areaCode }), { maxLength: 4 }),
      compare: fc.oneof(fc.constantFrom('previous-year' as const, 'previous-period' as const), days),
    },
    { requiredKeys: [] },
  )
  .map(({ dates, ...rest }) => normaliseFilter({ ...rest, ...dates }));

const view: fc.Arbitrary<View> = fc.record({
  page: fc.constantFrom(...pageNames),
  report: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('import' as const), id: fc.integer({ min: 1, max: 2_000_000_000 }) }),
      fc.record({ kind: fc.constant('source' as const), name: fc.string({ minLength: 1 }) }),
    ),
  ),
  filter,
  show: fc.constantFrom('hexagons' as const, 'areas' as const),
  layer,
  vintage: fc.option(fc.oneof(day, fc.constant('undated'))),
  resolution: fc.constantFrom('auto' as const, ...fixedResolutions),
  measure: fc.constantFrom(...shownMeasures),
  correction: fc.constantFrom(...corrections),
  p: fc.constantFrom(...sourcesOfP),
  outlines: fc.boolean(),
  list: fc.constantFrom(...listNames),
  rank: fc.constantFrom(...hotspotRanks),
  period: fc.constantFrom(...hotspotPeriods),
  place: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('cell' as const), cell: fc.stringMatching(/^[0-9a-f]{15}$/) }),
      fc.record({ kind: fc.constant('area' as const), layer, code: areaCode }),
      fc.record({ kind: fc.constant('hotspot' as const), id: fc.stringMatching(/^hotspot-[0-9a-f]{15}$/) }),
    ),
  ),
  position: fc.option(
    fc
      .record({
        lat: fc.double({ min: -85, max: 85, noNaN: true }),
        lng: fc.double({ min: -180, max: 180, noNaN: true }),
        zoom: fc.double({ min: 0, max: 22, noNaN: true }),
      })
      .map(roundPosition),
  ),
  folded: fc.option(fc.subarray([...panelNames])),
  sheet: fc.constantFrom(...sheetNames),
});

describe('the URL of a view', () => {
  test('gives back every view it was made from', () => {
    fc.assert(fc.property(view, (made) => void expect(viewFromUrl(urlFromView(made))).toEqual(made)));
  });

  test('is empty for the default view', () => {
    expect(urlFromView(defaultView)).toBe('');
    expect(viewFromUrl('')).toEqual(defaultView);
  });

  test('can be read by people', () => {
    const url = urlFromView({
      ...defaultView,
      filter: {
        ...defaultView.filter,
        categories: ['asb.nuisance', 'violence'],
        hours: [18, 19, 20],
        weekdays: ['fri'],
      },
      place: { kind: 'area', layer: 'ward', code: 'E05008952' },
    });
    expect(url).toBe('?categories=asb.nuisance,violence&hours=18-20&weekdays=fri&place=ward:E05008952');
  });

  test('names the page and what it reports on, before the view of the map', () => {
    const url = urlFromView({ ...defaultView, page: 'quality', report: { kind: 'import', id: 12 }, sheet: 'filters' });
    expect(url).toBe('?page=quality&of=import:12&sheet=filters');
    expect(viewFromUrl('?page=somewhere&of=import:0')).toEqual(defaultView);
  });

  test('says nothing of the map when it only names a page', () => {
    expect(isBareUrl('')).toBe(true);
    expect(isBareUrl('?page=quality&of=source:fire')).toBe(true);
    expect(isBareUrl('?page=import&hours=4')).toBe(false);
  });

  test('opens something whatever is written in it', () => {
    fc.assert(fc.property(fc.webQueryParameters(), (query) => void viewFromUrl(`?${query}`)));
    const broken =
      '?from=2018-02-31&hours=30,x,5-&weekdays=someday&area=ward&resolution=99&at=here&place=cell:xyz&fold=all';
    expect(viewFromUrl(broken)).toEqual({ ...defaultView, folded: [] });
  });

  test('drops a reversed range of days', () => {
    expect(viewFromUrl('?from=2018-12-31&to=2018-01-01').filter).toEqual({ compare: 'previous-year' });
  });

  test('reads hours that run over midnight', () => {
    expect(viewFromUrl('?hours=22-3').filter.hours).toEqual([0, 1, 2, 3, 22, 23]);
  });

  test('keeps the choice to compare with nothing', () => {
    const nothing = { ...defaultView, filter: {} };
    expect(urlFromView(nothing)).toBe('?compare=none');
    expect(viewFromUrl('?compare=none').filter).toEqual({});
  });
});

describe('the query of a filter', () => {
  test('is the same for filters that mean the same', () => {
    const one = normaliseFilter({ categories: ['violence', 'asb'], hours: [3, 1, 2], weekdays: ['sat', 'fri'] });
    const other = normaliseFilter({
      weekdays: ['fri', 'sat', 'fri'],
      hours: [1, 2, 3, 3],
      categories: ['asb', 'violence'],
    });
    expect(queryText(filterParameters(one))).toBe(queryText(filterParameters(other)));
  });

  test('says nothing about all hours, all weekdays and empty lists', () => {
    const all = normaliseFilter({
      hours: Array.from({ length: 24 }, (_, hour) => hour),
      weekdays: [...weekdayNames],
      categories: [],
      areas: [],
    });
    expect(filterParameters(all)).toEqual([]);
  });

  test('writes hours as ranges', () => {
    expect(hoursToText([0, 1, 2, 5, 22, 23])).toBe('0-2,5,22-23');
  });
});
