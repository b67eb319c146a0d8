import { describe, expect, test } from 'vitest';
import { type CheckOptions, checkProfile } from '../../server/flows/check-profile.ts';
import { loadProfile, type ProfileInput } from '../../server/import/profile.ts';
import { readRows } from '../../server/import/read-rows.ts';
import { trialSchema } from '../../server/import-model.ts';
import { now, profileOf, profiles, streamOf, taxonomy } from '../helpers/import-fixtures.ts';

const council = await loadProfile(profiles, 'council-asb');

async function check(text: string, options: Partial<CheckOptions> = {}) {
  const rows = await readRows(streamOf(text), { name: 'log.csv' });
  return checkProfile(rows, { profile: council, taxonomy, now, ...options });
}

const header = 'id,category,occurred_from,address,postcode,officer\n';
const log =
  `${header}1,Noise,03/04/2023 21:30,4 Tower Street,TS24 7AA,Smith\n` +
  '2,Fly-tipping,13/04/2023,York Road,,Smith\n' +
  '3,noise,2 May 2023,,TS99 9ZZ,\n' +
  '4,Goose,04.05.2023,,,\n' +
  '5,Noise,31/02/2023,,,\n' +
  '6,Noise,30/02/2022,,,\n' +
  '7,Noise,soon,,,\n' +
  '8,,05/05/2023,,,\n';

const lookUp: CheckOptions['lookUp'] = {
  postcode: (text) => (text === 'TS24 7AA' ? { lat: 54.69, lng: -1.21, withinMetres: 60 } : null),
  street: (text) => (text === 'York Road' ? { lat: 54.68, lng: -1.2, withinMetres: 200 } : null),
};

describe('a trial run', () => {
  test('tells what an import would do, in the words of the import page', async () => {
    const result = await check(log, { lookUp });
    expect(trialSchema.parse(result)).toMatchObject({ rowsRead: 8, accepted: 4, rejected: 4 });
    expect(result.placed).toEqual({ coordinates: 0, postcode: 1, street: 1, areaOnly: 0, none: 2 });
    expect(result.notFound).toEqual([{ column: 'postcode', count: 1 }]);
    expect([result.firstDay, result.lastDay]).toEqual(['2023-04-03', '2023-05-04']);
    expect(result.points).toEqual([
      [-1.21, 54.69],
      [-1.2, 54.68],
    ]);
  });

  test('explains dates with the examples that two orders would read differently, and those it cannot read', async () => {
    const { dates } = await check(log);
    expect(dates).toEqual([
      { column: 'occurred_from', text: '03/04/2023 21:30', meaning: '3 April 2023 at 21:30', understood: true },
      { column: 'occurred_from', text: '13/04/2023', meaning: '13 April 2023', understood: true },
      { column: 'occurred_from', text: '2 May 2023', meaning: '2 May 2023', understood: true },
      { column: 'occurred_from', text: '04.05.2023', meaning: '4 May 2023', understood: true },
      expect.objectContaining({ text: '31/02/2023', understood: false }),
      expect.objectContaining({ text: '30/02/2022', meaning: expect.stringContaining('no day 30'), understood: false }),
      expect.objectContaining({ text: 'soon', understood: false }),
    ]);
    const telling = await check(`${header}1,Noise,25/12/2023,,,\n2,Noise,03/04/2023,,,\n3,Noise,05/05/2023,,,\n`);
    expect(telling.dates.map(({ text, meaning }) => `${text}: ${meaning}`)).toEqual(['03/04/2023: 3 April 2023']);
  });

  test('lists category words with their codes, and problems with their first row', async () => {
    const { words, problems } = await check(log);
    expect(words).toEqual([
      { word: 'Noise', code: 'asb.nuisance', count: 4 },
      { word: 'Fly-tipping', code: 'asb.environmental', count: 1 },
      { word: 'Goose', code: null, count: 1 },
      { word: 'noise', code: 'asb.nuisance', count: 1 },
    ]);
    expect(problems.map(({ column, count, firstLine, firstValue }) => [column, count, firstLine, firstValue])).toEqual([
      ['occurred_from', 2, 6, '31/02/2023'],
      ['occurred_from', 1, 8, 'soon'],
      ['category', 1, 9, ''],
    ]);
  });

  test('says which columns mean something, which are kept, left out and absent', async () => {
    const profile = { ...council, ignore: ['officer'] };
    const { columns } = await check(`${header.trim()},note,\n1,Noise,03/04/2023,,,Smith,x,\n`, { profile });
    expect(columns.used).toEqual(['id', 'category', 'occurred_from', 'address', 'postcode']);
    expect(columns.kept).toEqual(['note', 'column 8']);
    expect(columns.ignored).toEqual(['officer']);
    expect(columns.absent).toEqual(expect.arrayContaining(['occurred_to', 'lat', 'easting']));
  });

  test('takes months to their last day', async () => {
    const months: ProfileInput = { ...council, name: 'months', time: { from: 'occurred_from', formats: ['YYYY-MM'] } };
    const result = await check(`${header}1,Noise,2024-02,,,\n`, { profile: profileOf(months) });
    expect([result.firstDay, result.lastDay]).toEqual(['2024-02-01', '2024-02-29']);
    expect(result.dates[0]?.meaning).toBe('February 2024');
  });

  test('keeps its size however long the file is, with points spread over all of it', async () => {
    const line = (id: number) => `${id},word ${id % 3_000},03/04/2023,,,x${id},${54 + id / 20_000},-1.2\n`;
    const lines = Array.from({ length: 12_000 }, (_, id) => line(id)).join('');
    const result = await check(`${header.trim()},lat,lng\n${lines}`);
    expect(result.accepted).toBe(12_000);
    expect(result.points.length).toBeGreaterThan(1_000);
    expect(result.points.length).toBeLessThanOrEqual(2_000);
    expect(result.points.at(-1)![1]).toBeGreaterThan(54.55);
  });

  test('tells how far it is, and stops when told to', async () => {
    const lines = Array.from({ length: 5_000 }, (_, id) => `${id},Noise,03/04/2023,,,\n`).join('');
    const seen: number[] = [];
    await check(header + lines, { onProgress: ({ rowsRead }) => seen.push(rowsRead) });
    expect(seen).toEqual([1_000, 2_000, 3_000, 4_000, 5_000]);
    const stop = new AbortController();
    const stopped = check(header + lines, {
      signal: stop.signal,
      onProgress: ({ rowsRead }) => rowsRead === 2_000 && stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
  });

  test('refuses a file that does not fit, and a profile with codes there are not', async () => {
    await expect(check('a,b\n1,2\n')).rejects.toThrow('log.csv lacks the columns category, occurred_from');
    const profile = profileOf({ ...council, name: 'own', category: { constant: 'asb.zoo' } });
    await expect(check(log, { profile })).rejects.toThrow('there is no category "asb.zoo"');
  });
});
