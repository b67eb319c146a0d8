import { describe, expect, it } from 'vitest';
import type { Forecast, Hours, NearRepeat } from '../../server/analyses-model.ts';
import type { Cells } from '../../server/model.ts';
import { select } from '../demo/count-demo.ts';
import { naivePairs } from '../helpers/naive-statistics.ts';
import type { TestService } from '../helpers/service.ts';

const everything = { from: '2017-01-01', to: '2018-12-31' };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Near repeats, forecast and hours of the demo, against plain computations from its incidents and cells. */
export function predictionsOfDemo(service: () => TestService): void {
  const get = <T>(address: string) => service().get<T>(address);

  describe('near repeats', () => {
    it('counts the pairs that a plain double loop counts, the same for the same seed', async () => {
      const address =
        '/api/near-repeat?categories=crime.robbery&spaceBands=150,500,1000&timeBands=7,14,60&permutations=199';
      const answer = await get<NearRepeat>(address);
      const points = select({ ...everything, categories: ['crime.robbery'] }).flatMap(({ lat, lng, occurredFrom }) =>
        lat === null || lng === null ? [] : [{ lat, lng, day: Date.parse(occurredFrom.slice(0, 10)) / 86_400_000 }],
      );
      expect(answer.used).toBe(points.length);
      const observed = answer.table!.map((row) => row.map((cell) => cell.observed));
      // the service measures from another incident: a pair at the very limit may change bands
      const naive = naivePairs(points, [0, 150, 500, 1000], [0, 7, 14, 60]);
      observed.forEach((row, space) => {
        row.forEach((count, time) => {
          expect(Math.abs(count - naive[space]![time]!)).toBeLessThanOrEqual(2);
        });
      });
      for (const { expected, observed: count, ratioMean, p } of answer.table!.flat()) {
        expect(ratioMean).toBeCloseTo(count / expected, 12);
        expect(p * 200).toBeCloseTo(Math.round(p * 200), 9);
      }
      expect((await get<NearRepeat>(`${address}&seed=1`)).table).toEqual(answer.table);
      expect((await get<NearRepeat>(`${address}&seed=2`)).table).not.toEqual(answer.table);
    });
  });

  describe('forecast', () => {
    it('ranks by plain counts as cells count them, and tries them on the months held out', async () => {
      const forecast = await get<Forecast>('/api/forecast?categories=violence&resolution=8&holdOut=2&from=2018-01-01');
      expect(forecast).toMatchObject({ next: '2019-01', heldOut: ['2018-11', '2018-12'] });
      const study = await get<Cells>('/api/cells?categories=violence&resolution=8&from=2018-01-01&measures=giStar');
      const count = forecast.methods.find(({ name }) => name === 'count')!;
      const falling = study.cells.map((cell) => cell.count).sort((a, b) => b - a);
      expect(count.top.map(({ score }) => score)).toEqual(falling.slice(0, 20));

      const top = Math.max(1, Math.round(0.05 * study.cells.length));
      let hits = 0;
      let best = 0;
      let incidents = 0;
      for (const [to, month] of [
        ['2018-10-31', '2018-11'],
        ['2018-11-30', '2018-12'],
      ]) {
        const before = await get<Cells>(`/api/cells?categories=violence&resolution=8&from=2018-01-01&to=${to}`);
        const last = month === '2018-11' ? '30' : '31';
        const during = await get<Cells>(
          `/api/cells?categories=violence&resolution=8&from=${month}-01&to=${month}-${last}`,
        );
        const counts = new Map(during.cells.map(({ cell, count: found }) => [cell, found]));
        const ranked = [...before.cells].sort((a, b) => b.count - a.count);
        const limit = ranked[top - 1]!.count;
        const sure = ranked.filter((cell) => cell.count > limit);
        const tied = ranked.filter((cell) => cell.count === limit);
        const caught = (cells: readonly { cell: string }[]) => sum(cells.map(({ cell }) => counts.get(cell) ?? 0));
        hits += caught(sure) + (caught(tied) * (top - sure.length)) / tied.length;
        best += sum([...counts.values()].sort((a, b) => b - a).slice(0, top));
        incidents += during.located;
      }
      const result = count.evaluation!.find(({ coverage }) => coverage === 0.05)!;
      expect(result).toMatchObject({ cells: top, incidents, bestHits: best });
      expect(result.hits).toBeCloseTo(hits, 9);
      expect(result.pai).toBeCloseTo(hits / incidents / (top / study.cells.length), 9);
      expect(result.pei).toBeCloseTo(hits / best, 9);
    });

    it('recommends the best method or says which cannot be told apart', async () => {
      const forecast = await get<Forecast>('/api/forecast?categories=violence');
      const hits = forecast.methods.map(({ name, evaluation }) => ({
        name,
        hits: evaluation!.find(({ coverage }) => coverage === 0.05)!.hits,
      }));
      const best = hits.reduce((one, other) => (other.hits > one.hits ? other : one)).name;
      expect([forecast.recommended, ...forecast.tied]).toContain(best);
      expect(forecast.recommended === null).toBe(forecast.tied.length > 0);
      expect(forecast.evidence).toMatch(/^Of 1,894 incidents in the 6 held-out months, the 52 cells/);
    });
  });

  describe('hours', () => {
    it('spreads ranges over their hours, minute by minute', async () => {
      const hours = await get<Hours>('/api/hours?categories=crime.burglary');
      const week = Array<number>(168).fill(0);
      let ranged = 0;
      for (const { occurredFrom, occurredTo } of select({ ...everything, categories: ['crime.burglary'] })) {
        if (occurredFrom.length === 10) continue;
        const minutes = (text: string) => Date.parse(`${text.slice(0, 16)}:00Z`) / 60_000;
        const from = minutes(occurredFrom);
        const length = occurredTo === '' ? 1 : Math.max(1, minutes(occurredTo) - from);
        if (occurredTo !== '') ranged++;
        // 1970-01-01 was a Thursday
        for (let at = from; at < from + length; at++) week[Math.floor((at / 60 + 72) % 168)]! += 1 / length;
      }
      hours.weekHours.forEach((value, hour) => {
        expect(value).toBeCloseTo(week[hour]!, 6);
      });
      expect(hours.ranged).toBe(ranged);
      expect(sum(hours.weekHours)).toBeCloseTo(hours.withHour, 6);
      expect(sum(hours.byHour)).toBeCloseTo(hours.withHour, 6);
      expect(sum(hours.byWeekday)).toBeCloseTo(hours.withHour, 6);
      expect(hours.peaks!.hour.count).toBeCloseTo(Math.max(...hours.byHour), 9);
    });

    it('says how many a filter on hours leaves out for want of an hour', async () => {
      const all = await get<Hours>('/api/hours?categories=violence');
      const night = await get<Hours>('/api/hours?categories=violence&hours=22-23');
      expect(all.withoutHour).toBeGreaterThan(0);
      expect(night.notes.join(' ')).toContain(`${all.withoutHour} more incidents have no hour`);
      expect(sum(night.byHour.slice(0, 22))).toBe(0);
    });
  });
}
