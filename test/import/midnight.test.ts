import { describe, expect, test } from 'vitest';
import type { ProfileInput } from '../../server/import/profile.ts';
import { parse, profileOf } from '../helpers/import-fixtures.ts';

const profile = (time: Partial<ProfileInput['time']> = {}, changes: Partial<ProfileInput> = {}) =>
  profileOf({
    name: 'times',
    title: 'Times',
    source: 'times',
    attribution: '',
    required: [],
    country: 'uk',
    timeZone: 'Europe/London',
    category: { constant: 'asb' },
    time: { from: 'from', to: 'to', formats: ['YYYY-MM-DDTHH:MM:SS', 'YYYY-MM-DD', 'DD/MM/YYYY HH:MM'], ...time },
    places: [],
    identity: {},
    ...changes,
  });

const take = (times: string[], using = profile(), name = 'test.csv') =>
  parse(
    { text: `from,to\n${times.map((time) => (time.includes(',') ? time : `${time},`)).join('\n')}\n`, name },
    using,
  );

/** Local midnights of summer and winter, written in UTC. */
const midnights = Array.from({ length: 20 }, (_, day) =>
  day % 2 === 0
    ? `2023-06-${String(day + 1).padStart(2, '0')}T23:00:00+00:00`
    : `2023-01-${String(day + 1).padStart(2, '0')}T00:00:00Z`,
);

describe('midnight', () => {
  test('is the day as a whole when every time at the start of a file is local midnight', async () => {
    const { incidents, midnightIsDay } = await take(midnights);
    expect(midnightIsDay).toBe(true);
    expect(incidents[0]).toMatchObject({ occurredFrom: '2023-06-02T00:00:00', precision: 'day', occurredTo: null });
    expect(incidents[1]).toMatchObject({ occurredFrom: '2023-01-02T00:00:00', precision: 'day' });
    expect(incidents.every(({ precision }) => precision === 'day')).toBe(true);
  });

  test('a later row with a time of its own keeps it', async () => {
    const { incidents } = await take([...Array(30).fill(midnights).flat(), '2023-06-03T14:05:00Z']);
    expect(incidents.at(-1)).toMatchObject({ occurredFrom: '2023-06-03T15:05:00', precision: 'minute' });
  });

  test.each([
    ['fewer than twenty rows', midnights.slice(1)],
    ['one time that is not midnight among the first', [...midnights, '2023-06-03T14:05:00Z']],
    ['UTC midnights of summer, which are one in the morning', midnights.map((time) => time.replace('T23', 'T00'))],
  ])('is a time with %s', async (_, times) => {
    const { incidents, midnightIsDay } = await take(times);
    expect(midnightIsDay).toBe(false);
    expect(incidents[1]).toMatchObject({ precision: 'minute' });
  });

  test('without an offset counts alike: nothing happens only at midnight', async () => {
    const { incidents } = await take(Array(20).fill('01/05/2024 00:00'));
    expect(incidents[0]).toMatchObject({ occurredFrom: '2024-05-01T00:00:00', precision: 'day' });
  });

  test('dates without a clock say nothing about it', async () => {
    const { midnightIsDay } = await take([...Array(40).fill('2024-05-01'), '2024-05-01T00:00:00']);
    expect(midnightIsDay).toBe(false);
  });

  test('means what the profile says it means', async () => {
    expect((await take(midnights, profile({ midnight: 'time' }))).incidents[0]?.precision).toBe('minute');
    expect((await take(['2024-05-01T00:00:00'], profile({ midnight: 'day' }))).incidents[0]?.precision).toBe('day');
  });

  test('as the end of a range is the end of that day', async () => {
    const { incidents } = await take(['2024-05-01T00:00:00,2024-05-02T00:00:00'], profile({ midnight: 'day' }));
    expect(incidents[0]).toMatchObject({
      occurredFrom: '2024-05-01T00:00:00',
      occurredTo: '2024-05-02T23:59:59',
      precision: 'day',
    });
  });
});

describe('local times at the change of the clocks', () => {
  test('are kept as written: civil time knows no arithmetic, and the police log says what it says', async () => {
    const { incidents } = await take(['31/03/2024 01:30', '27/10/2024 01:30']);
    expect(incidents.map(({ occurredFrom }) => occurredFrom)).toEqual(['2024-03-31T01:30:00', '2024-10-27T01:30:00']);
  });
});

describe('date and time in columns of their own', () => {
  const split = profile({ from: ['Day', 'Month', 'Year', 'Time'], formats: ['DD MMM YYYY HH:MM', 'DD MMM YYYY'] });

  test('are joined; a blank time leaves the day', async () => {
    const text = 'Day,Month,Year,Time\n1,July,2014,01:54\n12,AUG,2014,\n';
    const { incidents } = await parse({ text }, split);
    expect(incidents[0]).toMatchObject({ occurredFrom: '2014-07-01T01:54:00', precision: 'minute', attributes: {} });
    expect(incidents[1]).toMatchObject({ occurredFrom: '2014-08-12T00:00:00', precision: 'day' });
  });

  test('are named together when they make no date', async () => {
    const { rejects } = await parse({ text: 'Day,Month,Year,Time\n31,June,2014,01:54\n' }, split);
    expect(rejects[0]).toMatchObject({
      column: 'Day, Month, Year, Time',
      value: '31 June 2014 01:54',
      reason: 'there is no day 31 in 2014-06; correct the date',
    });
  });
});

describe('a file that covers a month', () => {
  const monthly = profile({}, { covers: 'month' });

  test('has its rows outside that month counted, and taken', async () => {
    const rows = ['2023-06-03', '2023-07-01', '2023-05-31T23:00:00Z'];
    const { incidents, month, outsideMonth } = await take(rows, monthly, '2023-06-cleveland-stop-and-search.csv');
    expect([incidents.length, month, outsideMonth]).toEqual([3, '2023-06', 1]);
  });

  test.each(['all.csv', '2023-13-x.csv', '12023-06.csv'])('%s names no month', async (name) => {
    expect((await take(['2023-06-03'], monthly, name)).month).toBeNull();
  });
});
