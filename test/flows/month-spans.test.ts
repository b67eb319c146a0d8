import { describe, expect, it } from 'vitest';
import { buildColumns } from '../../server/count/build-columns.ts';
import { compileFilter } from '../../server/count/compile-filter.ts';
import { tallyDailyCodes } from '../../server/count/daily-codes.ts';
import type { Holdings } from '../../server/flows/load-holdings.ts';
import { gapNotes, monthSpans, sourceSpanNotes } from '../../server/flows/month-spans.ts';
import { packer, plainIncident } from '../helpers/columns.ts';

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

async function holdingsOf(days: readonly string[], sources: readonly unknown[] = []): Promise<Holdings> {
  const { columns } = buildColumns(packer()(days.map((day) => ({ ...plainIncident, day }))), null);
  const everything = tallyDailyCodes(columns, compileFilter(columns, {}));
  return { columns, everything, sources } as unknown as Holdings;
}

const everyDay = (from: string, count: number) => Array.from({ length: count }, (_, at) => dayAfter(from, at));

describe('the months of a range', () => {
  it('are whole where something is held every day', async () => {
    const spans = monthSpans(await holdingsOf(everyDay('2023-01-01', 90)), {});
    expect(spans.map(({ month, days, partial }) => [month, days, partial])).toEqual([
      ['2023-01', 31, false],
      ['2023-02', 28, false],
      ['2023-03', 31, false],
    ]);
  });

  it('are partial where daily data begin or end within a month', async () => {
    const spans = monthSpans(await holdingsOf(everyDay('2023-01-11', 63)), {});
    expect(spans.map(({ from, to, partial }) => [from, to, partial])).toEqual([
      ['2023-01-11', '2023-01-31', true],
      ['2023-02-01', '2023-02-28', false],
      ['2023-03-01', '2023-03-14', true],
    ]);
  });

  it('are whole where days without incidents are nothing out of the ordinary', async () => {
    const spans = monthSpans(await holdingsOf(['2023-01-15', '2023-02-15', '2023-03-15']), {});
    expect(spans.every(({ partial }) => !partial)).toBe(true);
  });

  it('keep to the range of the filter, count its weekdays, and tell gaps from what is held', async () => {
    const holdings = await holdingsOf(['2023-01-15', '2023-02-15', '2023-04-15']);
    const spans = monthSpans(holdings, { from: '2023-02-20', to: '2024-01-01', weekdays: ['mon'] });
    expect(spans.map(({ month, days, partial, held }) => [month, days, partial, held])).toEqual([
      ['2023-02', 2, true, true],
      ['2023-03', 4, false, false],
      ['2023-04', 4, false, true],
    ]);
    expect(gapNotes(spans)).toEqual(['No data are held for 2023-03: these are gaps, not zeros.']);
    expect(monthSpans(holdings, { from: '2024-01-01' })).toEqual([]);
    expect(monthSpans(await holdingsOf([]), {})).toEqual([]);
  });

  it('are said to lie beyond a source that stops earlier than others', async () => {
    const sources = [
      { name: 'police', from: '2023-01-15', to: '2023-04-15' },
      { name: 'fire', from: '2023-01-15', to: '2023-02-15' },
    ];
    const holdings = await holdingsOf(['2023-01-15', '2023-02-15', '2023-04-15'], sources);
    expect(sourceSpanNotes(holdings, monthSpans(holdings, {}))).toEqual([
      expect.stringMatching(/^The source fire holds incidents only up to 2023-02-15/),
    ]);
  });
});
