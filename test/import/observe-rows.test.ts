import { describe, expect, it } from 'vitest';
import { hash128 } from '../../server/import/incident-hash.ts';
import { observeRows } from '../../server/import/observe-rows.ts';
import { observedSchema, readObserved } from '../../server/import/observed.ts';
import { parseIncidents } from '../../server/import/parse-incidents.ts';
import { loadProfile } from '../../server/import/profile.ts';
import { readRows } from '../../server/import/read-rows.ts';
import { roundUpMetres } from '../../server/import/round-up-metres.ts';
import { createSeenHashes } from '../../server/import/seen-hashes.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { locate, now, profiles, streamOf, taxonomyFolder } from '../helpers/import-fixtures.ts';

const taxonomy = await loadTaxonomy(taxonomyFolder);
const profile = await loadProfile(profiles, 'incidents');

async function observe(text: string) {
  const observer = observeRows(await readRows(streamOf(text), { name: 'test.csv' }));
  for await (const batch of parseIncidents(observer.rows, { profile, taxonomy, locate, now, batchSize: 2 })) {
    observer.take(batch);
  }
  return observer.result();
}

const header = 'id,category,occurred_from,occurred_to,lat,lng,location,note\n';

describe('watching a file being read', () => {
  it('counts filled cells by column, in rejected rows too; a cell of spaces is empty', async () => {
    const { rows, columns, incidents } = await observe(
      `${header}1,asb.nuisance,2023-01-05,,54.68,-1.21,High Street,  \n2,asb.nuisance,never,,,,  York Road,x\n`,
    );
    expect([rows, incidents]).toEqual([2, 1]);
    expect(columns).toEqual([
      { name: 'id', filled: 2 },
      { name: 'category', filled: 2 },
      { name: 'occurred_from', filled: 2 },
      { name: 'occurred_to', filled: 0 },
      { name: 'lat', filled: 1 },
      { name: 'lng', filled: 1 },
      { name: 'location', filled: 2 },
      { name: 'note', filled: 1 },
    ]);
  });

  it('leaves out the columns that a file of rejects has before its own', async () => {
    const { columns } = await observe(
      `line,column,value,reason,${header}7,lat,x,wrong,1,asb.nuisance,2023-01-05,,54.68,-1.21,High Street,\n`,
    );
    expect(columns.map(({ name }) => name)).toEqual(header.trim().split(','));
    expect(columns.map(({ filled }) => filled)).toEqual([1, 1, 1, 0, 1, 1, 1, 0]);
  });

  it('counts precisions of time, ranges, months and places of the accepted rows', async () => {
    const { time, months, placed, withinMetres } = await observe(
      `${header}1,asb.nuisance,2023-01-05T10:20,2023-01-05T12:00,54.68,-1.21,,\n2,asb.nuisance,2023-01-05T10:20,2023-01-05T10:20,54.68,-1.21,,
3,asb.nuisance,2023-03-05,,54.68,-1.21,,\n4,asb.nuisance,2023-01,,,,somewhere,\n5,asb.nuisance,2022-12-31T23,,54.68,-1.21,,\n`,
    );
    expect(time).toEqual({ minute: 2, hour: 1, day: 1, month: 1, ranges: 1 });
    expect(months).toEqual({ '2022-12': 1, '2023-01': 3, '2023-03': 1 });
    expect(placed).toEqual({ coordinates: 4, postcode: 0, street: 0, areaOnly: 0, none: 1 });
    expect(withinMetres).toEqual([{ metres: null, incidents: 4 }]);
  });

  it('counts rows whose id came before, whatever lies between, and none without an id', async () => {
    const line = (id: string) => `${id},asb.nuisance,2023-01-05,,54.68,-1.21,,\n`;
    expect(await observe(header + ['a', 'b', '', 'a', '', 'c', 'a', 'b'].map(line).join(''))).toMatchObject({
      repeatedIds: 3,
    });
  });

  it('notes rows whose coordinates are masked, which have no point', async () => {
    const { masked, placed } = await observe(
      `${header}1,asb.nuisance,2023-01-05,,54***,-1***,,\n2,asb.nuisance,2023-01-05,,54.68,-1.21,,\n`,
    );
    expect([masked, placed.coordinates, placed.none]).toEqual([1, 1, 1]);
  });

  it('gives what an import keeps and reads again, and refuses to guess at another form', async () => {
    const observed = await observe(`${header}1,asb.nuisance,2023-01-05,,54.68,-1.21,High Street,\n`);
    expect(observedSchema.parse(observed)).toEqual(observed);
    expect(readObserved(JSON.parse(JSON.stringify(observed)))).toEqual(observed);
    expect(readObserved({})).toBeNull();
    expect(readObserved({ ...observed, version: 2 })).toBeNull();
  });
});

describe('the memory of hashes', () => {
  it('never forgets, and takes no new one for an old one', () => {
    const seen = createSeenHashes(2 ** 14);
    const hashes = Array.from({ length: 10_000 }, (_, index) => hash128(`id ${index}`));
    expect(hashes.filter((hash) => seen(hash))).toEqual([]);
    expect(hashes.every((hash) => seen(hash))).toBe(true);
  });

  it('when it is full, still knows what it has noted, and calls nothing new old', () => {
    const seen = createSeenHashes(2 ** 8);
    const hashes = Array.from({ length: 1000 }, (_, index) => hash128(`id ${index}`));
    expect(hashes.filter((hash) => seen(hash))).toEqual([]);
    expect(hashes.map((hash) => seen(hash))).toEqual(hashes.map((_, index) => index < 192));
  });
});

it('rounds metres up, never down', () => {
  expect([0, 1, 1.5, 2, 3, 10, 11, 130, 499, 501, 1000].map(roundUpMetres)).toEqual([
    0, 1, 2, 2, 5, 10, 20, 200, 500, 1000, 1000,
  ]);
});
