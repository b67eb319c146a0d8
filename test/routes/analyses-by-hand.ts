import { describe, expect, it } from 'vitest';
import type {
  ConcentrationAnswer,
  Forecast,
  Hours,
  NearRepeat,
  OverlapAnswer,
  Trend,
} from '../../server/analyses-model.ts';
import { plainIncident, type SimpleIncident } from '../helpers/columns.ts';
import { rowOf, store } from '../helpers/incident-rows.ts';
import type { TestService } from '../helpers/service.ts';

const centre = { lat: 54.686, lng: -1.212 };
/** Places each in a cell of its own at resolution 9, a kilometre or so apart. */
const places = [0, 1, 2].map((step) => ({ lat: centre.lat + step * 0.01, lng: centre.lng }));
const nearby = { lat: centre.lat + 50 / 111_195, lng: centre.lng };

/** Rising counts from January 2023 to May 2024, and nothing at all in June 2023. */
const rising = [1, 2, 3, 4, 5, null, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];
const monthOf = (at: number) => `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;

const incidents: readonly SimpleIncident[] = [
  ...rising.flatMap((count, at) =>
    Array.from({ length: count ?? 0 }, () => made('asb.nuisance', `${monthOf(at)}-15`, { at: places[0]! })),
  ),
  // concentration: 6, 3 and 1 in three cells, one without a place
  ...[6, 3, 1].flatMap((count, place) =>
    Array.from({ length: count }, () => made('violence.with-injury', '2023-03-15', { at: places[place]! })),
  ),
  made('violence.with-injury', '2023-03-15', { at: null }),
  // near repeats: three within 50 m and 3 and 10 days, one far away, one known by month only
  made('fire.secondary.refuse', '2024-01-01', {}),
  made('fire.secondary.refuse', '2024-01-04', { at: nearby }),
  made('fire.secondary.refuse', '2024-01-11', {}),
  made('fire.secondary.refuse', '2024-01-02', { at: places[2]! }),
  made('fire.secondary.refuse', '2024-01-01', { minute: 'month' }),
  made('crime.shoplifting', '2023-02-01', { minute: 'month' }),
  made('crime.shoplifting', '2023-02-01', { minute: 'month' }),
  // hours: Friday 22:00 to Saturday 02:00, a Monday at 09:30, a Tuesday without hour
  made('crime.vehicle-crime', '2024-01-05', { minute: 22 * 60, rangeMinutes: 240 }),
  made('crime.vehicle-crime', '2024-01-08', { minute: 570 }),
  made('crime.vehicle-crime', '2024-01-09', { minute: 'day' }),
];

function made(category: string, day: string, more: Partial<SimpleIncident>): SimpleIncident {
  return { ...plainIncident, at: centre, category, day, ...more };
}

/** The analyses on a few incidents written by hand, without areas, whose answers can be worked out on paper. */
export function analysesByHand(service: () => TestService): void {
  const get = <T>(address: string) => service().get<T>(address);

  it('answers an empty database plainly', async () => {
    expect(await get<Trend>('/api/trend')).toMatchObject({ months: [], mannKendall: null, from: null, finding: null });
    expect(await get<Hours>('/api/hours')).toMatchObject({ total: 0, peaks: null, finding: null });
    expect(await get<NearRepeat>('/api/near-repeat')).toMatchObject({ used: 0, table: null });
    expect(await get<Forecast>('/api/forecast')).toMatchObject({ next: null, methods: [], recommended: null });
    expect(await get<ConcentrationAnswer>('/api/concentration')).toMatchObject({
      ...{ places: 0, gini: null, lorenz: null, shares: null },
      top: { share: null, list: [] },
    });
    expect(await get<OverlapAnswer>('/api/overlap?a=violence&b=asb')).toMatchObject({
      ...{ both: 0, jaccard: null, expectedBoth: null, finding: null },
      similarity: { s: null, robust: null },
    });
  });

  it('takes in what the rest is about', async () => {
    await store(
      service().database,
      incidents.map((incident, at) => rowOf(incident, String(at))),
    );
    await service().caughtUp();
  });

  describe('trend', () => {
    it('keeps a gap a gap, and tells the direction of the rest', async () => {
      const trend = await get<Trend>('/api/trend?categories=asb');
      expect(trend.months.map(({ count }) => count)).toEqual(rising);
      expect(trend.months[5]).toMatchObject({ month: '2023-06', count: null, exceptional: null, change: null });
      expect(trend.mannKendall).toMatchObject({ s: 120, months: 16, direction: 'rising' });
      // S = 120 of 16 values: z = 119 / sqrt(16 * 15 * 37 / 18)
      expect(trend.mannKendall!.z).toBeCloseTo(119 / Math.sqrt((16 * 15 * 37) / 18), 12);
      expect(trend.notes).toContain('No data are held for 2023-06: these are gaps, not zeros.');
      expect(trend.months[12]).toMatchObject({ previous: 1, change: 12, percentChange: 1200 });
      expect(trend.months.every(({ partial }) => !partial)).toBe(true);
    });

    it('counts a month as zero only where something else is held', async () => {
      const trend = await get<Trend>('/api/trend?categories=violence&from=2023-01-01&to=2023-06-30');
      expect(trend.months.map(({ count }) => count)).toEqual([0, 0, 11, 0, 0, null]);
      expect(trend.months[2]!.exceptional).toBe('above');
    });

    it('has nothing to say of a period without data', async () => {
      const trend = await get<Trend>('/api/trend?from=2030-01-01');
      expect(trend).toMatchObject({ months: [], total: 0, dispersion: null, finding: null });
      expect(trend.notes).toEqual(['No data are held in this period: there is nothing to count.']);
    });
  });

  it('concentration: ten incidents in three cells', async () => {
    const answer = await get<ConcentrationAnswer>('/api/concentration?categories=violence&top=2');
    expect(answer).toMatchObject({ total: 11, incidents: 10, places: 3, placesWithIncidents: 3 });
    // 2 (1*1 + 2*3 + 3*6) / (3*10) - 4/3
    expect(answer.gini).toBeCloseTo(1 / 3, 12);
    expect(answer.shares!.map(({ places: fewest }) => fewest)).toEqual([1, 1, 2]);
    expect(answer.lorenz).toHaveLength(4);
    expect(answer.top).toMatchObject({ places: 2, share: 0.9, list: [{ rank: 1, count: 6, share: 0.6 }, { rank: 2 }] });
    expect(answer.notes).toContain('1 incidents have no point: no share counts them.');
    const csv = await service().app.inject('/api/concentration?categories=violence&format=csv');
    expect(csv.body.split('\r\n')[0]).toBe('rank,code,count,share,cumulativeShare');
    expect(csv.body.trim().split('\r\n')).toHaveLength(4);
  });

  describe('near repeats', () => {
    it('counts three pairs of four dated incidents, and leaves out what has no day', async () => {
      const answer = await get<NearRepeat>('/api/near-repeat?categories=fire&spaceBands=10,100&timeBands=7,14');
      expect(answer).toMatchObject({ total: 5, used: 4, monthOnly: 1, unlocated: 0 });
      // under 10 m: 10 days apart; 10 to 100 m: 3 and 7 days apart
      expect(answer.table!.map((row) => row.map(({ observed }) => observed))).toEqual([
        [0, 1],
        [1, 1],
      ]);
      expect(answer.notes[0]).toMatch(/^1 incidents are known by month only/);
      const csv = await service().app.inject(
        '/api/near-repeat?categories=fire&spaceBands=10,100&timeBands=7,14&format=csv',
      );
      expect(csv.body.split('\r\n')[1]).toMatch(/^0,10,0,7,0,/);
    });

    it('has no table of incidents known by month only', async () => {
      const answer = await get<NearRepeat>('/api/near-repeat?categories=crime.shoplifting');
      expect(answer).toMatchObject({ used: 0, monthOnly: 2, table: null, finding: null });
      expect(answer.notes.join(' ')).toMatch(/no pairs to compare/);
    });
  });

  it('hours: a range over midnight is spread, a day without hour stands apart', async () => {
    const hours = await get<Hours>('/api/hours?categories=crime.vehicle-crime');
    expect(hours).toMatchObject({ total: 3, withHour: 2, withoutHour: 1, ranged: 1 });
    const expected = new Map([
      [9, 1],
      [4 * 24 + 22, 0.25],
      [4 * 24 + 23, 0.25],
      [5 * 24, 0.25],
      [5 * 24 + 1, 0.25],
    ]);
    hours.weekHours.forEach((value, hour) => {
      expect(value).toBeCloseTo(expected.get(hour) ?? 0, 12);
    });
    expect(hours.withoutHourByWeekday).toEqual([0, 1, 0, 0, 0, 0, 0]);
    expect(hours.peaks).toMatchObject({
      weekday: { weekday: 'mon', share: 0.5 },
      hour: { hour: 9 },
      run: { from: 6, to: 9 },
    });
    const night = await get<Hours>('/api/hours?categories=crime.vehicle-crime&hours=22-23,0-1');
    expect(night.peaks!.run).toMatchObject({ from: 22, to: 1, share: 1 });
    expect(await get<Hours>('/api/hours?categories=crime.shoplifting')).toMatchObject({
      withHour: 0,
      withoutHour: 2,
      peaks: null,
    });
  });

  describe('forecast', () => {
    it('learns from whole months held, never from a gap', async () => {
      const forecast = await get<Forecast>('/api/forecast?categories=asb&resolution=8');
      expect(forecast.months).toHaveLength(16);
      expect(forecast.months).not.toContain('2023-06');
      expect(forecast).toMatchObject({
        next: '2024-06',
        heldOut: ['2023-12', '2024-01', '2024-02', '2024-03', '2024-04', '2024-05'],
      });
      expect(forecast.notes).toContain('No data are held for 2023-06: these are gaps, not zeros.');
      // one cell is the whole study area: Gi* is undefined, and no method does better than a blind choice
      expect(forecast.methods.find(({ name }) => name === 'count')!.top).toMatchObject([{ rank: 1, score: 147 }]);
      expect(forecast.methods.find(({ name }) => name === 'giStar')!.top).toEqual([]);
      expect(forecast).toMatchObject({ recommended: null, tied: [] });
      expect(forecast.evidence).toMatch(/no better than a blind choice/);
    });

    it('weighs recent months more', async () => {
      const forecast = await get<Forecast>(
        '/api/forecast?categories=asb&from=2023-07-01&to=2023-09-30&halfLife=1&holdOut=1',
      );
      const recent = forecast.methods.find(({ name }) => name === 'recencyWeightedCount')!;
      expect(recent.top[0]!.score).toBeCloseTo(9 + 8 / 2 + 7 / 4, 12);
      expect(forecast.evidence).toMatch(/^Only 9 incidents fell in the one held-out month/);
    });

    it('says when there are too few months to try the methods on', async () => {
      const forecast = await get<Forecast>('/api/forecast?categories=asb&from=2024-02-01&to=2024-05-20');
      expect(forecast).toMatchObject({ months: ['2024-02', '2024-03', '2024-04'], heldOut: [], recommended: null });
      expect(forecast.methods.every(({ evaluation }) => evaluation === null)).toBe(true);
      expect(forecast.notes.join(' ')).toMatch(/too few to hold out 6/);
      expect(forecast.notes.join(' ')).toMatch(/Only part of 2024-05 is covered: it is left out/);
    });
  });

  it('overlap: one side without incidents has no S-index, and says so', async () => {
    const answer = await get<OverlapAnswer>('/api/overlap?a=violence&b=crime.robbery');
    expect(answer).toMatchObject({ both: 0, similarity: { s: null, robust: null }, b: { total: 0, hot: 0 } });
    expect(answer.notes.join(' ')).toMatch(/S-index is not defined/);
  });
}
