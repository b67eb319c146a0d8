import { describe, expect, it } from 'vitest';
import { judgeMonths, needsMoreMonths } from '../../server/flows/judge-months.ts';

const year = (counts: readonly number[], name = '2023') =>
  new Map(counts.map((count, index) => [`${name}-${String(index + 1).padStart(2, '0')}`, count] as const));
const steady = [700, 650, 720, 690, 710, 680, 730, 700, 690, 720, 680, 700];

describe('the months of a source', () => {
  it('without any are none', () => {
    expect(judgeMonths(new Map())).toEqual([]);
  });

  it('with a gap show it, and a gap makes no other month sudden', () => {
    const months = new Map<string, number>(year(steady));
    for (const gap of ['2023-04', '2023-05', '2023-06']) months.delete(gap);
    const judged = judgeMonths(months);
    expect(judged).toHaveLength(12);
    expect(judged.filter(({ missing }) => missing).map(({ month }) => month)).toEqual([
      '2023-04',
      '2023-05',
      '2023-06',
    ]);
    expect(judged.some(({ sudden }) => sudden)).toBe(false);
  });

  it('that are steady but for one show that one, doubled or halved, and know what is usual', () => {
    for (const factor of [2, 0.5]) {
      const judged = judgeMonths(year(steady.map((count, month) => (month === 6 ? count * factor : count))));
      expect(judged.filter(({ sudden }) => sudden).map(({ month }) => month)).toEqual(['2023-07']);
      expect(judged[6]!.usual).toBeGreaterThan(680);
      expect(judged[6]!.usual).toBeLessThan(740);
    }
  });

  it('reckons with the days of a month: February is not short of incidents', () => {
    const perDay = year(steady.map((_, month) => 1000 * new Date(Date.UTC(2023, month + 1, 0)).getUTCDate()));
    expect(judgeMonths(perDay).some(({ sudden }) => sudden)).toBe(false);
    expect(judgeMonths(perDay)[1]).toMatchObject({ incidents: 28_000, usual: 28_000 });
  });

  it('lets the seasons pass', () => {
    const seasonal = Array.from({ length: 36 }, (_, month) =>
      Math.round(700 + 250 * Math.sin((month / 12) * 2 * Math.PI)),
    );
    const months = new Map(
      seasonal.map((count, index) => [
        `${2021 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
        count,
      ]),
    );
    expect(judgeMonths(months).some(({ sudden }) => sudden)).toBe(false);
  });

  it('calls nothing sudden that differs by less than a fifth, however steady the rest', () => {
    const judged = judgeMonths(
      year(
        [70_000, 70_000, 70_000, 70_000, 70_000, 83_000].map(
          (count, month) => count * new Date(Date.UTC(2023, month + 1, 0)).getUTCDate(),
        ),
      ),
    );
    expect(judged.some(({ sudden }) => sudden)).toBe(false);
  });

  it('are not judged when they are too few, unless there are others to compare with', () => {
    const few = year([700, 700, 7000]);
    expect(needsMoreMonths(few)).toBe(true);
    expect(judgeMonths(few).every(({ usual, sudden }) => usual === null && !sudden)).toBe(true);
    const compared = judgeMonths(few, year(steady, '2022'));
    expect(compared.map(({ sudden }) => sudden)).toEqual([false, false, true]);
    expect(needsMoreMonths(year([1, 2, 3, 4, 5]))).toBe(false);
  });
});
