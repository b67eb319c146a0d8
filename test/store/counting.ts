import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { expect, it } from 'vitest';
import { compileFilter } from '../../server/count/compile-filter.ts';
import { sumByCategory, sumByMonth, sumBySlot, withoutHour } from '../../server/count/sums.ts';
import { countAreas } from '../../server/flows/count-areas.ts';
import { countPlaces, tallyFilter } from '../../server/flows/count-filter.ts';
import { type Holdings, loadHoldings } from '../../server/flows/load-holdings.ts';
import { prepareCells, sumCells } from '../../server/flows/prepare-cells.ts';
import { type Filter, weekdayNames } from '../../server/model.ts';
import type { Database } from '../../server/store/database.ts';
import { resetData } from '../../server/store/status.ts';
import { writeAreas } from '../../server/store/write-areas.ts';
import { plainIncident } from '../helpers/columns.ts';
import { countAreas as countByArea } from '../helpers/count-columns.ts';
import { rowOf, store } from '../helpers/incident-rows.ts';
import { anyFilter, anyIncident, someCategories, someFlags, somePlaces } from '../helpers/random-incidents.ts';

const incidents = fc.sample(anyIncident, { numRuns: 1500, seed: 1 });
const filters = fc.sample(anyFilter, { numRuns: 80, seed: 2 });

/** What a filter means, in SQL and without the project's code; the values are of this file's making. */
function condition(filter: Filter): string {
  const quoted = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join();
  const parts = ['true'];
  if (filter.categories) {
    parts.push(`(${filter.categories.map((code) => `(code = '${code}' or code like '${code}.%')`).join(' or ')})`);
  }
  for (const flag of filter.flags?.has ?? []) parts.push(`'${flag}' = any(flags)`);
  for (const flag of filter.flags?.lacks ?? []) parts.push(`not '${flag}' = any(flags)`);
  if (filter.from) parts.push(`occurred_from >= date '${filter.from}'`);
  if (filter.to) parts.push(`occurred_from < date '${filter.to}' + 1`);
  if (filter.hours) parts.push(`precision = 'minute' and extract(hour from occurred_from) in (${filter.hours})`);
  if (filter.weekdays) {
    const days = filter.weekdays.map((name) => weekdayNames.indexOf(name) + 1);
    parts.push(`precision <> 'month' and extract(isodow from occurred_from) in (${days})`);
  }
  if (filter.areas) {
    parts.push(`place_id in (select place_id from place_area join area on area.id = area_id
      where area.code in (${quoted(filter.areas.map(({ code }) => code))}))`);
  }
  return parts.join(' and ');
}

async function bySql(client: PoolClient, filter: Filter) {
  const matching = `from incident join category on category.id = category_id
    join flag_set on flag_set.id = flag_set_id where ${condition(filter)}`;
  const groups = async (key: string) => {
    const { rows } = await client.query(`select ${key} as key, count(*)::int as count ${matching} group by 1`);
    return Object.fromEntries(rows.map((row) => [row.key, row.count]));
  };
  const { rows } =
    await client.query(`select count(*)::int as total, (count(*) filter (where place_id in (select id from place where lng is not null)))::int as located,
    (count(*) filter (where precision <> 'minute'))::int as "withoutHour" ${matching}`);
  const areas = await client.query(`select area.code, count(incident.id)::int as count from area
    left join place_area on area_id = area.id
    left join (select incident.id, place_id ${matching}) as incident on incident.place_id = place_area.place_id
    group by area.code order by area.code`);
  return {
    ...rows[0],
    categories: await groups('code'),
    months: await groups("to_char(occurred_from, 'YYYY-MM')"),
    areas: areas.rows.map((row) => row.count),
  };
}

/** What holdings say of a filter, in names that do not depend on the order in which things were read. */
async function answersOf(holdings: Holdings, filter: Filter) {
  const { columns } = holdings;
  const { index, now, total } = await sumCells(holdings, filter, 9);
  const { current } = await tallyFilter(holdings, filter);
  const places = await countPlaces(holdings, filter);
  const areas = await Promise.all(columns.layers.map((layer) => countAreas(holdings, filter, layer)));
  return {
    version: columns.version,
    total,
    cells: [...now].flatMap((count, cell) => (count === 0 ? [] : [[index.keys[cell], count]])),
    categories: Object.fromEntries(sumByCategory(columns, current)),
    months: Object.fromEntries(sumByMonth(columns, current)),
    totals: [current.total, current.located, places.current.total, places.current.located],
    areas: areas.map(({ areas, validFrom, total, outside }) => [
      validFrom,
      total,
      outside,
      ...areas.map(({ count }) => count),
    ]),
    extent: [columns.firstDay, columns.lastDay],
  };
}

/** That the columns say of stored incidents what PostgreSQL says of them. */
export function counting(database: () => Database): void {
  it('counts in columns what SQL counts in tables, under eighty random filters', async () => {
    await database().change(resetData);
    await database().change((client) => writeAreas(client, { layer: 'ward', validFrom: null, attribution: '' }, wards));
    expect(
      await store(
        database(),
        incidents.map((incident, index) => rowOf(incident, `${index}`)),
      ),
    ).toEqual({ added: incidents.length, changed: 0 });
    const holdings = await loadHoldings(database());
    const { columns } = holdings;
    const totals = await database().read(async (client) => {
      const found: number[] = [];
      for (const filter of filters) {
        const known = filter.areas ? { ...filter, areas: [{ layer: 'ward', code: 'west' }] } : filter;
        const compiled = compileFilter(columns, known);
        const { current: counts } = await tallyFilter(holdings, known);
        expect(
          {
            total: counts.total,
            located: counts.located,
            withoutHour: withoutHour(sumBySlot(columns, counts)),
            categories: Object.fromEntries(sumByCategory(columns, counts)),
            months: Object.fromEntries(sumByMonth(columns, counts)),
            areas: [...countByArea(columns, compiled, columns.layers[0]!).inside],
          },
          JSON.stringify(known),
        ).toEqual(await bySql(client, known));
        found.push(counts.total);
      }
      return found;
    });
    const ranged = await database().read((client) =>
      client.query(
        `select count(*)::int as count from incident where occurred_to > occurred_from and precision = 'minute'`,
      ),
    );
    expect(columns.ranges.incident.length).toBe(ranged.rows[0].count);
    // the filters are of use only if they take something and leave something
    expect(totals.filter((total) => total > 0 && total < incidents.length).length).toBeGreaterThan(30);
  });

  it('follows changes by reading only what is new, and counts as if everything had been read', async () => {
    await database().change(resetData);
    await database().change((client) => writeAreas(client, { layer: 'ward', validFrom: null, attribution: '' }, wards));
    const rows = incidents.slice(0, 400).map((incident, index) => rowOf(incident, `${index}`));
    await store(database(), rows.slice(0, 200));
    let followed = await loadHoldings(database());
    await prepareCells(followed, 9);
    const steps: (() => Promise<unknown>)[] = [
      () => store(database(), rows.slice(200, 210)),
      // an incident that moves to another month leaves its former one
      () => store(database(), [rowOf({ ...plainIncident, day: '2024-11-30' }, '3')]),
      () => store(database(), [rowOf({ ...plainIncident, day: '2019-05-05', at: { lat: 54.9, lng: -1.3 } }, 'early')]),
      () =>
        database().change((client) =>
          writeAreas(client, { layer: 'ward', validFrom: '2030-01-01', attribution: '' }, wards.slice(0, 1)),
        ),
      async () => {
        await store(database(), rows.slice(210, 300));
        await store(database(), rows.slice(300));
      },
      () => database().change(resetData),
      () => store(database(), rows.slice(0, 50)),
    ];
    for (const step of steps) {
      await step();
      followed = await loadHoldings(database(), followed);
      const whole = await loadHoldings(database());
      for (const filter of [{}, ...filters.filter(({ areas }) => !areas).slice(0, 25)]) {
        expect(await answersOf(followed, filter), JSON.stringify(filter)).toEqual(await answersOf(whole, filter));
      }
    }
  });

  it('holds every kind of random incident', () => {
    expect(new Set(incidents.map(({ category }) => category)).size).toBe(someCategories.length);
    expect(new Set(incidents.flatMap(({ flags }) => flags)).size).toBe(someFlags.length);
    expect(new Set(incidents.map(({ at }) => at)).size).toBe(somePlaces.length + 1);
  });
}

const wards = [
  { code: 'east', from: -1.25, to: -1 },
  { code: 'west', from: -1.4, to: -1.25 },
].map(({ code, from, to }) => ({
  code,
  name: code,
  population: null,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [from, 54],
        [to, 54],
        [to, 54.74],
        [from, 54.74],
        [from, 54],
      ],
    ],
  },
}));
