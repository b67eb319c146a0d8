import { expect, it } from 'vitest';
import type { Database } from '../../server/store/database.ts';
import { readImports, readTotals, resetData } from '../../server/store/status.ts';
import { readVersion } from '../../server/store/versions.ts';
import type { IncidentRow } from '../../server/store/write-incidents.ts';
import { plainIncident } from '../helpers/columns.ts';
import { rowOf, store } from '../helpers/incident-rows.ts';

const rows = Array.from({ length: 20 }, (_, index) =>
  rowOf({ ...plainIncident, minute: index * 60, flags: index % 2 ? ['weapon', 'domestic'] : [] }, `${index}`),
);
const month = (day: string): IncidentRow => rowOf({ ...plainIncident, day, minute: 'month' }, 'one crime');

/** What is written, written again, and not written. */
export function writing(database: () => Database): void {
  const held = async (statement: string) =>
    (await database().read((client) => client.query<Record<string, unknown>>(statement))).rows;
  const version = () => database().read(readVersion);

  it('keeps rows once: again, in another order, or under another name they add and change nothing', async () => {
    await database().change(resetData);
    expect(await store(database(), rows)).toEqual({ added: 20, changed: 0 });
    const before = await version();
    expect(await store(database(), rows)).toEqual({ added: 0, changed: 0 });
    expect(await store(database(), [...rows].reverse())).toEqual({ added: 0, changed: 0 });
    expect(await version()).toBe(before);
    expect(await store(database(), rows, 'another feed')).toEqual({ added: 20, changed: 0 });
    expect(await version()).toBe(before + 1);
  });

  it('takes one row twice in a file as one, the last of them', async () => {
    await database().change(resetData);
    const [first] = rows;
    const second = { ...rowOf(plainIncident, 'x', { location: 'On or near Later Road' }), identity: first!.identity };
    expect(await store(database(), [first!, second])).toEqual({ added: 1, changed: 0 });
    expect(await held('select location from place')).toEqual([{ location: '' }, { location: 'On or near Later Road' }]);
    expect(await held('select place.location from incident join place on place.id = place_id')).toEqual([
      { location: 'On or near Later Road' },
    ]);
  });

  it('changes a row that says something new, wholly', async () => {
    await database().change(resetData);
    await store(database(), rows);
    const news = rowOf(
      { ...plainIncident, at: null, category: 'asb.nuisance', flags: ['alcohol'], minute: 'day' },
      '7',
      {
        location: 'Somewhere',
        attributes: { Outcome: 'Under investigation' },
      },
    );
    expect(await store(database(), [...rows.slice(0, 7), news, ...rows.slice(8)])).toEqual({ added: 0, changed: 1 });
    const found = await held(`
      select code, flags, occurred_from, precision, place_id, location, attributes from incident
      join category on category.id = category_id join flag_set on flag_set.id = flag_set_id where code like 'asb%'`);
    expect(found).toEqual([
      {
        code: 'asb.nuisance',
        flags: ['alcohol'],
        occurred_from: '2023-01-31 00:00:00',
        precision: 'day',
        place_id: null,
        location: 'Somewhere',
        attributes: { Outcome: 'Under investigation' },
      },
    ]);
  });

  it('lets the later month stand when two files tell of one crime, in whatever order they come', async () => {
    const [january, march] = [month('2023-01-01'), month('2023-03-01')];
    for (const order of [
      [january, march],
      [march, january],
      [march, january, march],
    ]) {
      await database().change(resetData);
      for (const row of order) await store(database(), [row]);
      expect(await held('select occurred_from from incident')).toEqual([{ occurred_from: '2023-03-01 00:00:00' }]);
    }
    await database().change(resetData);
    await store(database(), [march, january]);
    expect(await held('select occurred_from from incident')).toEqual([{ occurred_from: '2023-03-01 00:00:00' }]);
  });

  it('lets a correction of an exact time go back in time', async () => {
    await database().change(resetData);
    await store(database(), [rowOf(plainIncident, 'x')]);
    expect(await store(database(), [rowOf({ ...plainIncident, day: '2022-01-01' }, 'x')])).toEqual({
      added: 0,
      changed: 1,
    });
  });

  it('leaves nothing behind of a change that fails, at its beginning or its end', async () => {
    await database().change(resetData);
    await store(database(), rows);
    const before = { held: await database().read(readTotals), version: await version() };
    const late = { ...rowOf(plainIncident, 'new', { category: 'fire.primary' }), occurredTo: '1999-01-01T00:00:00' };
    await expect(store(database(), [rowOf(plainIncident, 'fine'), late])).rejects.toThrow();
    const early = { ...rowOf(plainIncident, 'new'), identity: 'not a uuid' };
    await expect(store(database(), [rowOf(plainIncident, 'fine'), early])).rejects.toThrow();
    await expect(
      database().change(async (client) => {
        await client.query('delete from incident');
        throw new Error('Kaboom');
      }),
    ).rejects.toThrow('Kaboom');
    expect({ held: await database().read(readTotals), version: await version() }).toEqual(before);
    expect(await held("select * from category where code = 'fire.primary'")).toEqual([]);
    expect(await store(database(), rows)).toEqual({ added: 0, changed: 0 });
  });

  it('keeps every character of a text', async () => {
    await database().change(resetData);
    const texts = [
      'tab\there',
      'line\nbreak',
      'return\rhere',
      'C:\\new\\table',
      '\\.',
      '\\N',
      'NULL',
      '',
      '"quoted", {braces}',
      "it's",
      'Ysgol y Castell – “Caffè” 日本 🔥',
      ' spaces ',
      '\u0001\u001f\u2028',
      'a'.repeat(1000),
    ];
    await store(
      database(),
      texts.map((location, index) =>
        rowOf({ ...plainIncident, at: index % 2 ? plainIncident.at : null }, `${index}`, {
          location,
          externalId: `${index} ${location}`,
          attributes: { [`column ${location}`]: location },
        }),
      ),
    );
    const found = await held(`
      select external_id, coalesce(place.location, incident.location, '') as location, attributes
      from incident left join place on place.id = place_id order by split_part(external_id, ' ', 1)::int`);
    expect(found).toEqual(
      texts.map((location, index) => ({
        external_id: `${index} ${location}`,
        location,
        attributes: { [`column ${location}`]: location },
      })),
    );
  });

  it('takes words that are stored alike for one place', async () => {
    await database().change(resetData);
    const halves = ['\ud83d', '\udd25', '\ud83d'].map((half, index) =>
      rowOf(plainIncident, `${index}`, { location: `Fire ${half}` }),
    );
    expect(await store(database(), halves)).toEqual({ added: 3, changed: 0 });
    expect(await held('select location from place')).toEqual([{ location: 'Fire \ufffd' }]);
  });

  it('keeps coordinates to the last bit', async () => {
    await database().change(resetData);
    const at = { lat: 54.68600000000001, lng: -1.2120000000000002 };
    await store(database(), [rowOf({ ...plainIncident, at }, 'x')]);
    expect(await held('select lat, lng from place')).toEqual([at]);
  });

  it('notes each import, newest first, with what came of it', async () => {
    await database().change(resetData);
    await store(database(), rows);
    await store(database(), [rowOf({ ...plainIncident, at: null }, 'x')]);
    expect(await database().read((client) => readImports(client, 10))).toMatchObject([
      { source: 'test', fileName: 'test.csv', rowsRead: 1, added: 1, changed: 0, unlocated: 1 },
      { rowsRead: 20, accepted: 20, added: 20, unlocated: 0 },
    ]);
    expect(await database().read((client) => readImports(client, 1))).toHaveLength(1);
  });

  it('takes any number of imports of a feed: its small number is given out once', async () => {
    await database().change(resetData);
    for (let time = 0; time < 5; time++) await store(database(), rows.slice(0, 1));
    await store(database(), rows.slice(0, 1), 'second');
    expect(await held('select id, name from source order by id')).toEqual([
      { id: 1, name: 'test' },
      { id: 2, name: 'second' },
    ]);
  });

  it('answers the question asked, also after one that failed', async () => {
    const answers = await database().read(async (client) => {
      const found: unknown[] = [];
      for (const wrong of ['x', 'y']) {
        await client.query('savepoint before');
        await expect(client.query('select $1::int', [wrong])).rejects.toThrow(wrong);
        await client.query('rollback to before');
        found.push((await client.query('select $1::text as answer', [`after ${wrong}`])).rows[0]);
      }
      return found;
    });
    expect(answers).toEqual([{ answer: 'after x' }, { answer: 'after y' }]);
  });

  it('refuses changes while it reads', async () => {
    await expect(held('update data_version set version = 0')).rejects.toThrow(/read-only/);
  });
}
