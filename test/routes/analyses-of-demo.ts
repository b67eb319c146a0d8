import { describe, expect, it } from 'vitest';
import {
  type ConcentrationAnswer,
  concentrationSchema,
  forecastSchema,
  hoursSchema,
  nearRepeatSchema,
  type OverlapAnswer,
  overlapSchema,
  type Trend,
  trendSchema,
} from '../../server/analyses-model.ts';
import type { Areas, Cells, Summary } from '../../server/model.ts';
import { select, tally } from '../demo/count-demo.ts';
import { naiveDiscoveries, naiveGini, naiveGiStar, naiveP, naiveS } from '../helpers/naive-statistics.ts';
import type { TestService } from '../helpers/service.ts';

const everything = { from: '2017-01-01', to: '2018-12-31' };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The analyses on the demo, against plain computations from its incidents and from cells, areas and summaries. */
export function analysesOfDemo(service: () => TestService): void {
  const get = <T>(address: string) => service().get<T>(address);

  it.each([
    ['/api/overlap?a=violence&b=asb', overlapSchema],
    ['/api/concentration?categories=violence', concentrationSchema],
    ['/api/concentration?by=ward&categories=fire', concentrationSchema],
    ['/api/trend?categories=fire', trendSchema],
    ['/api/near-repeat?categories=crime.robbery&permutations=99', nearRepeatSchema],
    ['/api/forecast?categories=violence', forecastSchema],
    ['/api/hours?categories=crime.burglary', hoursSchema],
  ])('answers %s in the form the model promises, with an ETag that holds', async (address, schema) => {
    const answer = await service().app.inject(address);
    expect(answer.statusCode).toBe(200);
    schema.parse(answer.json());
    expect(answer.body).not.toMatch(/NaN|Infinity/);
    const again = await service().app.inject({
      url: address,
      headers: { 'if-none-match': answer.headers.etag as string },
    });
    expect(again.statusCode).toBe(304);
    expect((await service().app.inject(`${address}&nonsense=1`)).statusCode).toBe(400);
  });

  describe('overlap', () => {
    it('finds the cells that a plain Gi* with Benjamini–Hochberg calls hot in both', async () => {
      const overlap = await get<OverlapAnswer>('/api/overlap?a=violence&b=asb&from=2018-01-01');
      const study = await get<Cells>('/api/cells?categories=violence,asb&measures=giStar&from=2018-01-01');
      const hot = await Promise.all(
        ['violence', 'asb'].map(async (categories) => {
          const { cells } = await get<Cells>(`/api/cells?categories=${categories}&from=2018-01-01`);
          const counts = new Map(cells.map(({ cell, count }) => [cell, count]));
          const z = naiveGiStar(new Map(study.cells.map(({ cell }) => [cell, counts.get(cell) ?? 0])));
          const found = naiveDiscoveries(new Map([...z].map(([cell, score]) => [cell, naiveP(score)])), 0.05);
          return new Set([...found].filter((cell) => z.get(cell)! > 0));
        }),
      );
      const both = [...hot[0]!].filter((cell) => hot[1]!.has(cell));
      const listed = (hotIn: string) => overlap.cells.filter((cell) => cell.hotIn === hotIn).map(({ cell }) => cell);
      expect(listed('both').sort()).toEqual(both.sort());
      expect(overlap).toMatchObject({ both: both.length, a: { hot: hot[0]!.size }, b: { hot: hot[1]!.size } });
      expect(overlap.onlyA + overlap.onlyB + overlap.both + overlap.neither).toBe(overlap.study.cells);
      expect(overlap.jaccard).toBeCloseTo(both.length / (hot[0]!.size + hot[1]!.size - both.length), 12);
      expect(overlap.expectedBoth).toBeCloseTo((hot[0]!.size * hot[1]!.size) / study.cells.length, 12);
      expect(both.length).toBeGreaterThan(overlap.expectedBoth! * 5);
    });

    it('takes parameters of the filter for each side, which go before the shared ones', async () => {
      const side = encodeURIComponent('categories=violence&hours=18-23&to=2018-06-30');
      const overlap = await get<OverlapAnswer>(`/api/overlap?a=${side}&b=asb&from=2018-01-01&hours=0-5`);
      const [a, b] = await Promise.all([
        get<Summary>('/api/summary?categories=violence&hours=18-23&from=2018-01-01&to=2018-06-30'),
        get<Summary>('/api/summary?categories=asb&hours=0-5&from=2018-01-01'),
      ]);
      expect([overlap.a.total, overlap.b.total]).toEqual([a.total, b.total]);
    });

    it('finds a pattern to be like itself, and keeps to its seed', async () => {
      const same = await get<OverlapAnswer>('/api/overlap?a=asb&b=asb');
      expect(same).toMatchObject({ onlyA: 0, onlyB: 0, jaccard: 1, similarity: { robust: expect.any(Number) } });
      expect(same.similarity.robust).toBeGreaterThan(0.9);
      const [one, again, other] = await Promise.all(
        ['seed=7', 'seed=7&level=90', 'seed=8'].map((more) =>
          get<OverlapAnswer>(`/api/overlap?a=violence&b=asb&${more}`),
        ),
      );
      expect(one!.similarity).toEqual(again!.similarity);
      expect(one!.similarity).not.toEqual(other!.similarity);
      expect(again!.a.hot).toBeGreaterThanOrEqual(one!.a.hot);
    });
  });

  describe('concentration', () => {
    it('names the wards that hold most, as the areas count them', async () => {
      const answer = await get<ConcentrationAnswer>('/api/concentration?by=ward&categories=asb&top=3');
      const { areas } = await get<Areas>('/api/areas/ward?categories=asb');
      const ranked = [...areas].sort((a, b) => b.count - a.count);
      const total = sum(ranked.map(({ count }) => count));
      expect(answer.top.list.map(({ name, count }) => [name, count])).toEqual(
        ranked.slice(0, 3).map(({ name, count }) => [name, count]),
      );
      expect(answer.top.share).toBeCloseTo(sum(ranked.slice(0, 3).map(({ count }) => count)) / total, 12);
      expect(answer.gini).toBeCloseTo(naiveGini(ranked.map(({ count }) => count)), 12);
      expect(answer.finding).toBe(
        `The 3 fullest of 11 areas hold ${Math.round(answer.top.share! * 100)} % of the incidents.`,
      );
    });

    it('counts the empty cells of the study area among the places', async () => {
      const answer = await get<ConcentrationAnswer>('/api/concentration?categories=fire&resolution=8');
      const study = await get<Cells>('/api/cells?categories=fire&resolution=8&measures=giStar');
      const counts = study.cells.map(({ count }) => count);
      expect(answer.places).toBe(counts.length);
      expect(answer.study!.zeros).toBe(counts.filter((count) => count === 0).length);
      expect(answer.gini).toBeCloseTo(naiveGini(counts), 12);
      const falling = [...counts].sort((a, b) => b - a);
      const half = answer.shares!.find(({ percentOfIncidents }) => percentOfIncidents === 50)!;
      expect(sum(falling.slice(0, half.places)) * 2).toBeGreaterThanOrEqual(answer.incidents);
      expect(sum(falling.slice(0, half.places - 1)) * 2).toBeLessThan(answer.incidents);
    });
  });

  describe('trend', () => {
    it('counts each month beside the year before, which may lie before the range', async () => {
      const trend = await get<Trend>('/api/trend?categories=violence&from=2018-01-01');
      const months = new Map(
        tally(select({ ...everything, categories: ['violence'] }), (incident) => incident.occurredFrom.slice(0, 7)),
      );
      expect(trend.months.map(({ count }) => count)).toEqual(trend.months.map(({ month }) => months.get(month)));
      expect(trend.months.map(({ previous }) => previous)).toEqual(
        trend.months.map(({ month }) => months.get(month.replace('2018', '2017'))),
      );
      const counts = trend.months.map(({ count }) => count!);
      expect(trend.mannKendall).toMatchObject({ s: naiveS(counts), direction: 'rising', months: 12 });
      const rate = sum(counts) / 365;
      const expected = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map((days) => days * rate);
      trend.months.forEach((month, at) => {
        expect(month.expected).toBeCloseTo(expected[at]!, 9);
        const side = month.count! > month.upper! ? 'above' : month.count! < month.lower! ? 'below' : null;
        expect(month.exceptional).toBe(side);
      });
      expect(trend.dispersion).toBeCloseTo(
        sum(counts.map((count, at) => (count - expected[at]!) ** 2 / expected[at]!)) / 11,
        9,
      );
    });

    it('counts the days of the weekdays asked for, and marks months covered in part', async () => {
      const trend = await get<Trend>('/api/trend?categories=asb&weekdays=fri,sat&from=2018-03-10&to=2018-05-31');
      expect(trend.months.map(({ days, partial }) => [days, partial])).toEqual([
        [7, true],
        [8, false],
        [8, false],
      ]);
      const [march] = trend.months;
      const before = await get<Summary>('/api/summary?categories=asb&weekdays=fri,sat&from=2017-03-10&to=2017-03-31');
      expect(march!.previous).toBe(before.total);
      expect(trend.mannKendall).toBeNull();
      expect(trend.notes.join(' ')).toMatch(/Only part of 2018-03 is covered/);
    });

    it('gives a table', async () => {
      const answer = await service().app.inject('/api/trend?categories=fire&format=csv');
      expect(answer.headers['content-type']).toMatch(/csv/);
      const lines = answer.body.trim().split('\r\n');
      expect(lines).toHaveLength(25);
      expect(lines[0]).toMatch(/^month,count,days,partial,expected/);
    });
  });

  it.each([
    ['/api/overlap?a=violence', /b: /],
    ['/api/overlap?a=violence&b=nonsense', /b: categories: there is no "nonsense"/],
    [`/api/overlap?a=violence&b=${encodeURIComponent('area=ward:E05008952')}`, /one study area/],
    [`/api/overlap?a=violence&b=${encodeURIComponent('kind=asb')}`, /there is no "kind" here/],
    ['/api/overlap?a=violence&b=asb&level=80', /level/],
    ['/api/concentration?by=parish', /by: use cells or a layer/],
    ['/api/near-repeat', /too many to compare in pairs; choose fewer/],
    ['/api/near-repeat?categories=asb&spaceBands=2000', /pairs of incidents lie close|close pairs|pairs lie within/],
    ['/api/near-repeat?categories=fire&spaceBands=200,100', /rising limits/],
    ['/api/near-repeat?categories=fire&timeBands=1.5', /whole days/],
    ['/api/forecast?holdOut=0', /holdOut/],
    ['/api/hours?format=csv', /format/],
    ['/api/trend?format=geojson', /format: "geojson" is not offered here/],
  ])('refuses %s', async (address, message) => {
    const answer = await service().app.inject(address);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).toMatch(message);
  });
}
