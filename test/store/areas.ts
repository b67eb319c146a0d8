import { expect, it } from 'vitest';
import { textAt } from '../../server/count/columns.ts';
import { loadHoldings } from '../../server/flows/load-holdings.ts';
import type { Database } from '../../server/store/database.ts';
import { resetData } from '../../server/store/status.ts';
import { listVintages, writeAreas, writePopulations } from '../../server/store/write-areas.ts';
import { plainIncident } from '../helpers/columns.ts';
import { rowOf, store } from '../helpers/incident-rows.ts';

const box = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});
const ward = (code: string, geometry: object, population: number | null = null) => ({
  code,
  name: `Ward ${code}`,
  population,
  geometry,
});
const west = ward('W', box(-1.3, 54.6, -1.2, 54.7));
const east = ward('E', box(-1.2, 54.6, -1.1, 54.7));
const points = { west: -1.25, border: -1.2, east: -1.15, outside: -1.05 };
const incidents = Object.entries(points).map(([name, lng]) =>
  rowOf({ ...plainIncident, at: { lat: 54.65, lng } }, name, { location: name }),
);

/** Which place lies in which area, decided by PostGIS. */
export function areas(database: () => Database): void {
  const load = (validFrom: string | null, wards: readonly ReturnType<typeof ward>[], layer = 'ward') =>
    database().change((client) => writeAreas(client, { layer, validFrom, attribution: 'By test' }, wards));

  /** The ward of each incident, by its name, in each vintage; null for none. */
  async function assigned() {
    const { columns } = await loadHoldings(database());
    return columns.layers.map(({ layer, validFrom, areas: held, areaOfPlace }) => {
      const codes = Object.fromEntries(
        Array.from(areaOfPlace, (area, place) => [
          textAt(columns.places.locations, columns.places.locationOf[place]!),
          held[area]?.code ?? null,
        ]),
      );
      return { vintage: `${layer} ${validFrom}`, codes };
    });
  }

  it('gives the same areas whether they come before the incidents or after', async () => {
    await database().change(resetData);
    await load('2025-05-01', [west, east]);
    await store(database(), incidents);
    const before = await assigned();
    await database().change(resetData);
    await store(database(), incidents);
    await load('2025-05-01', [west, east]);
    expect(await assigned()).toEqual(before);
    expect(before).toEqual([
      { vintage: 'ward 2025-05-01', codes: { west: 'W', border: 'E', east: 'E', outside: null } },
    ]);
  });

  it('counts a place on the line between two areas in one of them', async () => {
    await database().change(resetData);
    await load('2025-05-01', [east, west]);
    await store(database(), incidents);
    const both = await database().read((client) =>
      client.query("select 1 from place_area join place on place.id = place_id where location = 'border'"),
    );
    expect(both.rowCount).toBe(2);
    expect((await assigned())[0]!.codes.border).toBe('E');
  });

  it('keeps vintages side by side, oldest first, and closes those that are replaced', async () => {
    await database().change(resetData);
    await load('2013-12-01', [ward('OLD', box(-1.3, 54.6, -1.1, 54.7))]);
    await store(database(), incidents);
    await load('2025-05-01', [west, east]);
    await load(null, [ward('D', box(-2, 54, -1, 55))], 'district');
    expect(await assigned()).toEqual([
      { vintage: 'district null', codes: { west: 'D', border: 'D', east: 'D', outside: 'D' } },
      { vintage: 'ward 2013-12-01', codes: { west: 'OLD', border: 'OLD', east: 'OLD', outside: null } },
      { vintage: 'ward 2025-05-01', codes: { west: 'W', border: 'E', east: 'E', outside: null } },
    ]);
    const { rows } = await database().read((client) => client.query('select code, valid_to from area order by code'));
    expect(rows).toEqual([
      { code: 'D', valid_to: null },
      { code: 'E', valid_to: null },
      { code: 'OLD', valid_to: '2025-05-01' },
      { code: 'W', valid_to: null },
    ]);
  });

  it('ends older vintages in whatever order they are loaded', async () => {
    await database().change(resetData);
    await load('2025-05-01', [west, east]);
    await load('2013-12-01', [ward('OLD', box(-1.3, 54.6, -1.1, 54.7)), ward('FAR', box(-2, 54, -1.9, 54.1))]);
    await load('2019-05-02', [ward('MID', box(-1.3, 54.6, -1.1, 54.7))]);
    const { rows } = await database().read((client) => client.query('select code, valid_to from area order by code'));
    expect(rows).toEqual([
      { code: 'E', valid_to: null },
      { code: 'FAR', valid_to: null }, // nothing newer lies there
      { code: 'MID', valid_to: '2025-05-01' },
      { code: 'OLD', valid_to: '2019-05-02' },
      { code: 'W', valid_to: null },
    ]);
  });

  it('replaces a vintage where it is loaded again, and leaves what lies elsewhere', async () => {
    await database().change(resetData);
    const far = ward('FAR', box(-2, 54, -1.9, 54.1));
    expect(await load('2025-05-01', [west, east, far])).toEqual({ written: 3, replaced: 0, mended: [], removed: [] });
    await load('2013-12-01', [ward('W', box(-1.3, 54.6, -1.25, 54.7))]);
    await store(database(), incidents);
    const corrected = ward('W2', west.geometry);
    expect(await load('2025-05-01', [corrected, east])).toEqual({
      written: 2,
      replaced: 1,
      mended: [],
      removed: ['W'],
    });
    expect(await database().read((client) => listVintages(client, 'ward'))).toEqual([
      { validFrom: '2013-12-01', codes: ['W'] },
      { validFrom: '2025-05-01', codes: ['E', 'FAR', 'W2'] },
    ]);
    expect((await assigned())[1]!.codes).toEqual({ west: 'W2', border: 'E', east: 'E', outside: null });
  });

  it('refuses an area that surrounds nothing, and then takes none', async () => {
    await database().change(resetData);
    const line = box(-1.3, 54.6, -1.2, 54.6);
    await expect(load('2025-05-01', [west, ward('LINE', line)])).rejects.toThrow(
      'the outline of LINE surrounds nothing',
    );
    expect(await database().read((client) => listVintages(client, 'ward'))).toEqual([]);
  });

  it('gives residents to one vintage, and keeps those it says nothing of', async () => {
    await database().change(resetData);
    await load('2013-12-01', [ward('W', west.geometry, 100)]);
    await load('2025-05-01', [ward('W', west.geometry, 1), ward('E', east.geometry, 2)]);
    await load(null, [ward('W', west.geometry, 7)]);
    const give = (validFrom: string | null, residents: Record<string, number>) =>
      database().change((client) =>
        writePopulations(client, { layer: 'ward', validFrom }, new Map(Object.entries(residents))),
      );
    await give('2025-05-01', { W: 5000, X: 1 });
    await give(null, { W: 8 });
    const { columns } = await loadHoldings(database());
    const held = columns.layers.map(({ validFrom, areas: list }) => [
      validFrom,
      list.map(({ population }) => population),
    ]);
    expect(held).toEqual([
      [null, [8]],
      ['2013-12-01', [100]],
      ['2025-05-01', [2, 5000]],
    ]);
  });

  it('replaces an area that is loaded again in another form, and keeps its population unless a new one comes', async () => {
    await database().change(resetData);
    await load('2025-05-01', [ward('W', west.geometry, 5000), east]);
    await store(database(), incidents);
    await load('2025-05-01', [ward('W', box(-1.1, 54.6, -1, 54.7))]);
    expect((await assigned())[0]!.codes).toEqual({ west: null, border: 'E', east: 'E', outside: 'W' });
    const { columns } = await loadHoldings(database());
    expect(columns.layers[0]!.areas.map(({ code, population }) => [code, population])).toEqual([
      ['E', null],
      ['W', 5000],
    ]);
  });

  it('mends a polygon that crosses itself, and takes several parts and a third coordinate', async () => {
    await database().change(resetData);
    const bow = [
      [-1.3, 54.6, 5],
      [-1.2, 54.7, 5],
      [-1.2, 54.6, 5],
      [-1.3, 54.7, 5],
      [-1.3, 54.6, 5],
    ];
    const parts = [box(-1.16, 54.6, -1.1, 54.7).coordinates, box(-1.06, 54.6, -1, 54.7).coordinates];
    const { mended } = await load(null, [
      ward('BOW', { type: 'Polygon', coordinates: [bow] }),
      ward('PARTS', { type: 'MultiPolygon', coordinates: parts }),
    ]);
    expect(mended).toEqual(['BOW']);
    const near = rowOf({ ...plainIncident, at: { lat: 54.65, lng: -1.21 } }, 'near', { location: 'near' });
    await store(database(), [...incidents, near]);
    expect((await assigned())[0]!.codes).toEqual({
      west: 'BOW', // the middle, where the two halves touch
      near: 'BOW',
      border: 'BOW',
      east: 'PARTS',
      outside: 'PARTS',
    });
  });
}
