import { getResolution, isValidCell } from 'h3-js';
import { expect, it } from 'vitest';
import {
  type Areas,
  areasSchema,
  type Catalog,
  type Cells,
  catalogSchema,
  cellsSchema,
  healthSchema,
  type Summary,
  streetsSchema,
  summarySchema,
} from '../../server/model.ts';
import type { TestService } from '../helpers/service.ts';
import { dozenFilters } from './dozen-filters.ts';

const sum = (counts: readonly { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);

/** What the reading routes answer, and that their answers agree with one another. */
export function answers(service: () => TestService): void {
  const get = <T>(address: string) => service().get<T>(address);

  it.each([
    ['/api/health', healthSchema],
    ['/api/catalog', catalogSchema],
    ['/api/summary', summarySchema],
    ['/api/summary?compare=previous-year&from=2018-01-01&to=2018-12-31', summarySchema],
    ['/api/cells', cellsSchema],
    ['/api/cells?compare=previous-period&from=2018-06-01&resolution=7', cellsSchema],
    ['/api/areas/ward', areasSchema],
    ['/api/areas/ward?compare=previous-year', areasSchema],
    ['/api/streets', streetsSchema],
  ])('answers %s in the form the model promises', async (address, schema) => {
    schema.parse(await get(address));
  });

  it('lists in the catalogue what is held', async () => {
    const catalog = await get<Catalog>('/api/catalog');
    const summary = await get<Summary>('/api/summary');
    expect(catalog).toMatchObject({ synthetic: true, hasHours: true, incidents: summary.total });
    expect(catalog.extent).toEqual({ from: '2017-01-01', to: '2018-12-31' });
    expect(catalog.months).toHaveLength(24);
    expect(sum(catalog.categories)).toBe(summary.total);
    expect(sum(catalog.sources.map(({ incidents }) => ({ count: incidents })))).toBe(summary.total);
    expect(catalog.layers.map(({ layer, areas }) => [layer, areas.length])).toEqual([['ward', 11]]);
    const [west, south, east, north] = catalog.bounds!;
    for (const { bbox } of catalog.layers[0]!.areas) {
      expect(bbox[0] >= west && bbox[1] >= south && bbox[2] <= east && bbox[3] <= north).toBe(true);
    }
  });

  it.each(dozenFilters)('agrees with itself under %j: cells, areas, months, categories and hours', async (filter) => {
    const query = new URLSearchParams(filter);
    const summary = await get<Summary>(`/api/summary?${query}`);
    expect(sum(summary.months)).toBe(summary.total);
    expect(sum(summary.categories)).toBe(summary.total);
    const hours = summary.weekHours.reduce((total, weight) => total + weight, 0);
    expect(hours).toBeCloseTo(summary.total - summary.withoutHour, 6);
    for (const resolution of [6, 7, 8, 9, 10]) {
      const cells = await get<Cells>(`/api/cells?${query}&resolution=${resolution}`);
      expect([cells.resolution, cells.total, cells.located]).toEqual([resolution, summary.total, summary.located]);
      expect(sum(cells.cells)).toBe(summary.located);
      expect(cells.cells.every(({ cell }) => isValidCell(cell) && getResolution(cell) === resolution)).toBe(true);
    }
    const areas = await get<Areas>(`/api/areas/ward?${query}`);
    expect(sum(areas.areas) + areas.outside).toBe(summary.located);
    if (filter.compare) {
      expect(summary.change).toBe(summary.total - summary.previous!);
      const { compare: _, ...rest } = filter;
      const earlier = new URLSearchParams({ ...rest, ...summary.compare! });
      expect((await get<Summary>(`/api/summary?${earlier}`)).total).toBe(summary.previous);
    }
  });

  it('counts something, and not everything, under most of those filters', async () => {
    const all = (await get<Summary>('/api/summary')).total;
    const totals: number[] = [];
    for (const filter of dozenFilters) {
      totals.push((await get<Summary>(`/api/summary?${new URLSearchParams(filter)}`)).total);
    }
    expect(totals.filter((total) => total > 0 && total < all).length).toBeGreaterThan(dozenFilters.length - 3);
  });

  it('answers the same to permuted parameters, under one ETag', async () => {
    const asked = [
      '/api/summary?categories=violence,asb&weekdays=fri,sat&hours=18-23,0-3',
      '/api/summary?hours=0-3,18-23&weekdays=sat,fri,sat&categories=asb,violence,asb.nuisance',
    ];
    const [one, other] = await Promise.all(asked.map((address) => service().app.inject(address)));
    expect(other!.headers.etag).toBe(one!.headers.etag);
    expect(other!.body).toBe(one!.body);
    const another = await service().app.inject('/api/summary?categories=asb');
    expect(another.headers.etag).not.toBe(one!.headers.etag);
  });

  it('has another ETag for each question and each form', async () => {
    const addresses = [
      '/api/summary',
      '/api/cells',
      '/api/cells?resolution=8',
      '/api/cells?format=csv',
      '/api/areas/ward',
      '/api/summary?compare=previous-year',
      '/api/catalog',
      '/tiles/cells/9/254/162.mvt',
      '/tiles/cells/10/508/325.mvt',
      '/tiles/areas/ward/9/254/162.mvt',
    ];
    const tags = await Promise.all(
      addresses.map(async (address) => (await service().app.inject(address)).headers.etag),
    );
    expect(tags.every((tag) => /^"[\w-]+"$/.test(String(tag)))).toBe(true);
    expect(new Set(tags).size).toBe(addresses.length);
  });

  it.each([
    '/api/catalog',
    '/api/summary',
    '/api/cells',
    '/api/areas/ward',
    '/api/streets',
    '/tiles/cells/9/254/162.mvt',
  ])('answers 304 with no body to who has %s already', async (url) => {
    const first = await service().app.inject(url);
    const tag = String(first.headers.etag);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await service().app.inject({ url, headers: { 'if-none-match': known } });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag]);
    }
    const stale = await service().app.inject({ url, headers: { 'if-none-match': '"other"' } });
    expect(stale.statusCode).toBe(200);
  });

  it('gives zero, not NaN, where nothing matches, and null percent where nothing went before', async () => {
    const nothing = await get<Summary>('/api/summary?from=2001-01-01&to=2001-12-31&compare=previous-year');
    expect(nothing).toMatchObject({
      total: 0,
      previous: 0,
      change: 0,
      percentChange: null,
      months: [],
      categories: [],
    });
    expect(nothing.weekHours.every((count) => count === 0)).toBe(true);
    const first = await get<Summary>('/api/summary?from=2017-01-01&to=2017-12-31&compare=previous-year');
    expect(first).toMatchObject({ previous: 0, percentChange: null });
  });

  it('lists under a filter on wards only those wards', async () => {
    const all = await get<Areas>('/api/areas/ward');
    const [one, two] = all.areas;
    const some = await get<Areas>(`/api/areas/ward?area=ward:${one!.code},ward:${two!.code}`);
    expect(some.areas).toEqual([one, two]);
    expect(some.total).toBe(one!.count + two!.count);
  });
}
