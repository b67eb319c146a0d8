import { expect, it } from 'vitest';
import type { Database } from '../../server/store/database.ts';
import { readTotals, resetData } from '../../server/store/status.ts';
import { readVersion } from '../../server/store/versions.ts';
import { writeAreas } from '../../server/store/write-areas.ts';
import type { IncidentRow } from '../../server/store/write-incidents.ts';
import { plainIncident } from '../helpers/columns.ts';
import { rowOf, store } from '../helpers/incident-rows.ts';

const on = (day: string, identity: string, more: Partial<IncidentRow> = {}) =>
  rowOf({ ...plainIncident, day }, identity, more);
const inMonth = (day: string, identity: string) => rowOf({ ...plainIncident, day, minute: 'month' }, identity);

/** What a change of the data tells of itself, and files that are written in several batches. */
export function changes(database: () => Database): void {
  const held = async (statement: string) =>
    (await database().read((client) => client.query<Record<string, unknown>>(statement))).rows;
  const inBatches = (...batches: IncidentRow[][]) => store(database(), batches.flat(), 'test', { batches });
  /** What the newest version changed; undefined when it does not say. */
  const lastChange = async () =>
    (
      await held(`select first_day as first, last_day as last, areas from change
                  where version = (select version from data_version)`)
    )[0];
  const occurred = async () =>
    (await held('select occurred_from from incident')).map((row) => String(row.occurred_from).slice(0, 10));

  it('counts an incident once that comes in several batches of a file, and lets the later month stay', async () => {
    const [january, february, march] = ['2023-01-01', '2023-02-01', '2023-03-01'].map((day) => inMonth(day, 'one'));
    const other = inMonth('2023-02-01', 'other');
    for (const batches of [
      [[january!], [other, march!], [february!]],
      [[march!, other], [january!], [february!]],
      [[february!, january!, other], [], [march!, february!]],
    ]) {
      await database().change(resetData);
      expect(await inBatches(...batches)).toEqual({ added: 2, changed: 0 });
      expect((await occurred()).sort()).toEqual(['2023-02-01', '2023-03-01']);
      expect(await inBatches(...batches)).toEqual({ added: 0, changed: 0 });
    }
  });

  it('counts a held incident once that a file changes in several batches, and keeps the last row of it', async () => {
    await database().change(resetData);
    await inBatches([on('2023-05-05', 'one')]);
    const news = [on('2023-05-07', 'one'), on('2023-05-06', 'one')];
    expect(await inBatches([news[0]!], [news[1]!])).toEqual({ added: 0, changed: 1 });
    expect(await occurred()).toEqual(['2023-05-06']);
  });

  it('notes the days of what it added', async () => {
    await database().change(resetData);
    await inBatches([on('2023-05-05', 'b'), on('2023-04-30', 'a')], [on('2024-01-02', 'c')]);
    expect(await lastChange()).toEqual({ first: '2023-04-30', last: '2024-01-02', areas: false });
  });

  it('notes the days of what it altered, before and after, and not of what stayed', async () => {
    await database().change(resetData);
    await inBatches([on('2020-01-01', 'same'), on('2023-05-05', 'one'), on('2025-01-01', 'late')]);
    expect(await inBatches([on('2020-01-01', 'same'), on('2023-07-07', 'one')])).toEqual({ added: 0, changed: 1 });
    expect(await lastChange()).toEqual({ first: '2023-05-05', last: '2023-07-07', areas: false });
    await inBatches([on('2023-06-06', 'one')]);
    expect(await lastChange()).toEqual({ first: '2023-06-06', last: '2023-07-07', areas: false });
  });

  it('notes that areas changed, without days', async () => {
    const boundary = {
      type: 'Polygon',
      coordinates: [
        [
          [-1.3, 54],
          [-1, 54],
          [-1, 55],
          [-1.3, 55],
          [-1.3, 54],
        ],
      ],
    };
    const ward = { code: 'W', name: 'Ward', population: null, geometry: boundary };
    await database().change((client) =>
      writeAreas(client, { layer: 'ward', validFrom: null, attribution: '' }, [ward]),
    );
    expect(await lastChange()).toEqual({ first: null, last: null, areas: true });
  });

  it('notes nothing of a version that forgot everything, and forgets the notes before it', async () => {
    await inBatches([on('2023-05-05', 'one')]);
    const before = await database().read(readVersion);
    await database().change(resetData);
    expect(await database().read(readVersion)).toBe(before + 1);
    expect(await held('select * from change')).toEqual([]);
    await inBatches([on('2023-05-05', 'one')]);
    expect(await held('select version from change')).toEqual([{ version: before + 2 }]);
  });

  it('finds the same places and wards when it remembers hardly any place', async () => {
    const lngs = [-1.25, -1.15, -1.2, -1.25, -1.15, -1.25];
    const rows = lngs.map((lng, index) =>
      rowOf({ ...plainIncident, at: { lat: 54.65, lng } }, `${index}`, { location: index % 2 ? 'Road' : 'Street' }),
    );
    const found = () =>
      held(`select lng, place.location, count(distinct incident.id)::int as incidents, count(area_id)::int as areas
            from incident join place on place.id = place_id left join place_area using (place_id)
            group by 1, 2 order by 1, 2`);
    const [boundary, outcomes] = [
      [
        [-1.22, 54],
        [-1, 54],
        [-1, 55],
        [-1.22, 55],
        [-1.22, 54],
      ],
      [] as unknown[],
    ];
    const ward = { code: 'W', name: 'Ward', population: null, geometry: { type: 'Polygon', coordinates: [boundary] } };
    for (const mostPlacesRemembered of [1, 2, 1000]) {
      await database().change(resetData);
      await database().change((client) =>
        writeAreas(client, { layer: 'ward', validFrom: null, attribution: '' }, [ward]),
      );
      const batches = [rows.slice(0, 4), rows.slice(4)];
      await store(database(), rows, 'test', { batches, mostPlacesRemembered });
      outcomes.push(await found());
      expect(await held('select count(*)::int as places from place')).toEqual([{ places: 5 }]);
    }
    expect(outcomes[0]).toEqual([
      { lng: -1.25, location: 'Road', incidents: 2, areas: 0 },
      { lng: -1.25, location: 'Street', incidents: 1, areas: 0 },
      { lng: -1.2, location: 'Street', incidents: 1, areas: 1 },
      { lng: -1.15, location: 'Road', incidents: 1, areas: 1 },
      { lng: -1.15, location: 'Street', incidents: 1, areas: 1 },
    ]);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });

  it('leaves nothing of a file that fails between batches: by a row, or because it cannot be read on', async () => {
    await database().change(resetData);
    await inBatches([on('2023-05-05', 'held')]);
    const state = async () => ({
      totals: await database().read(readTotals),
      change: await held('select * from change'),
      places: await held('select count(*)::int from place'),
      incidents: await held('select identity, content from incident'),
    });
    const before = await state();
    const many = Array.from({ length: 500 }, (_, index) => on('2023-06-06', `${index}`, { location: `${index}` }));
    const wrong = { ...on('2023-06-06', 'wrong'), occurredTo: '1999-01-01T00:00:00' };
    await expect(inBatches(many, [wrong], [on('2023-06-06', 'after')])).rejects.toThrow(/check constraint/);
    expect(await state()).toEqual(before);
    function* torn() {
      yield many;
      throw new Error('The disk is gone');
    }
    await expect(store(database(), many, 'test', { batches: torn() })).rejects.toThrow('The disk is gone');
    expect(await state()).toEqual(before);
    expect(await inBatches([on('2023-05-05', 'held')])).toEqual({ added: 0, changed: 0 });
  });
}
