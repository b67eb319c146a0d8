import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taxonomyFolder } from '../../server/folders.ts';
import { profileSchema } from '../../server/import/profile.ts';
import { proposeProfile } from '../../server/import/propose-profile.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { placeProblem } from '../../server/locate/place-problem.ts';

const taxonomy = await loadTaxonomy(taxonomyFolder);
const inUk = (lat: number, lng: number) => placeProblem('uk', { lat, lng }) === null;

function propose(columns: readonly string[], rows: readonly (readonly string[])[], fileName = 'file.csv') {
  return proposeProfile({ fileName, columns, rows, taxonomy, inUk });
}

/** What each column is taken for, of those that are taken for something. */
function usesOf({ uses }: { uses: readonly { column: string; use: string | null }[] }): Record<string, string> {
  return Object.fromEntries(uses.flatMap(({ column, use }) => (use === null ? [] : [[column, use]])));
}

/** Thirty rows out of one column's values each, repeated. */
function table(columns: Readonly<Record<string, readonly string[]>>) {
  const values = Object.values(columns);
  const rows = Array.from({ length: 30 }, (_, at) => values.map((list) => list[at % list.length] ?? ''));
  return propose(Object.keys(columns), rows);
}

const numbered = (start: string) => Array.from({ length: 30 }, (_, at) => `${start}${1000 + at}`);
const lats = ['54.6861', '54.6912', '54.7001'];
const lngs = ['-1.2109', '-1.1998', '-1.2222'];

describe('columns are recognised by whole words of their names and by what stands in them', () => {
  it('a plate is no latitude, a long wait no longitude, and a category’s date no category', () => {
    const found = table({
      'Plate lat': ['AB12 CDE', 'XY34 ZZZ'],
      'Number plate': ['54.1', '54.2'],
      'Long wait': ['yes', 'no'],
      category_date: ['01/02/2023', '13/02/2023'],
      Category: ['Theft', 'Arson'],
    });
    expect(usesOf(found)).toEqual({ category_date: 'from', Category: 'category' });
  });

  it('neither a postal address nor a postcode district is a postcode', () => {
    const addresses = ['1 High Street', '2 York Road', '3 Mill Lane', '4 Church View', '5 The Green', '6 Park Row'];
    const found = table({
      'Postal address': addresses,
      Postcode_district: ['TS24', 'TS25'],
      'Email address': ['a@b.c', 'd@e.f'],
    });
    expect(usesOf(found)).toEqual({ 'Postal address': 'street' });
    const coded = table({ PCode: ['TS24 8AX', 'ts25 1aa', 'TS260AA'], Street: addresses });
    expect(usesOf(coded)).toEqual({ PCode: 'postcode', Street: 'street' });
    expect(coded.profile.places.map(({ system }) => system)).toEqual(['postcode', 'street']);
    expect(usesOf(table({ a: ['TS24 8AX', 'TS25 1AA', 'TS26 0AA'] }))).toEqual({ a: 'postcode' });
  });

  it('x and y are what their numbers are: metres of the grid, or degrees', () => {
    expect(usesOf(table({ X: ['450123', '451234'], Y: ['532123', '533234'] }))).toEqual({
      X: 'easting',
      Y: 'northing',
    });
    expect(usesOf(table({ X: lngs, Y: lats }))).toEqual({ X: 'lng', Y: 'lat' });
    expect(usesOf(table({ X: ['red', 'blue'], Y: ['1', '2'] }))).toEqual({});
    expect(usesOf(table({ Latitude: ['unknown', ''], Longitude: ['unknown', ''] }))).toEqual({});
  });

  it('unnamed columns side by side are coordinates when they are places in the country', () => {
    const many = (start: number, step: number) => Array.from({ length: 30 }, (_, at) => (start + at * step).toFixed(5));
    const found = table({ p: many(54.6, 0.001), q: many(-1.2, 0.001) });
    expect(usesOf(found)).toEqual({ p: 'lat', q: 'lng' });
    expect(usesOf(table({ price: many(54.6, 0.001), area: many(200, 0.1) }))).toEqual({});
  });

  it('when it happened goes before when it was reported, and of two the earlier begins it', () => {
    const [early, late] = [
      ['01/02/2023 10:00', '14/02/2023 11:00'],
      ['02/02/2023 10:00', '15/02/2023 11:00'],
    ];
    expect(usesOf(table({ 'Reported date': late, 'Occurred date': early }))).toEqual({ 'Occurred date': 'from' });
    expect(usesOf(table({ Created: late, 'Date of birth': early, Date: early }))).toEqual({ Date: 'from' });
    expect(usesOf(table({ 'Latest date': late, 'Earliest date': early }))).toEqual({
      'Earliest date': 'from',
      'Latest date': 'to',
    });
    expect(usesOf(table({ 'Reported date': late }))).toEqual({ 'Reported date': 'from' });
    const kept = table({ 'Reported date': late, 'Occurred date': early }).uses[0];
    expect(kept?.because).toBe('a date, but Occurred date tells better when it happened; kept with each incident');
  });

  it('a date goes with the time of its own side', () => {
    const found = table({
      'From date': ['01/02/2023'],
      'From time': ['10:00'],
      'To date': ['02/02/2023'],
      'To time': ['11:30'],
      'Reported time': ['12:00'],
    });
    expect(found.profile.time).toEqual({
      from: ['From date', 'From time'],
      to: ['To date', 'To time'],
      formats: ['DD/MM/YYYY HH:MM'],
    });
  });

  it('says how it knows whether the day or the month comes first', () => {
    const because = (dates: readonly string[]) => table({ Date: dates }).uses[0]?.because;
    expect(because(['03/04/2023', '13/04/2023'])).toContain(
      'read as DD/MM/YYYY, such as “03/04/2023”; the day comes first',
    );
    expect(because(['03/04/2023', '04/13/2023'])).toContain('MM/DD/YYYY, such as “03/04/2023”; the month comes first');
    expect(because(['03/04/2023', '04/05/2023'])).toContain(
      'cannot be told from them, so they are read as the British way has it',
    );
  });

  it('one order of day and month is taken for both ends of a time', () => {
    const found = table({ 'Date from': ['03/04/2023', '04/05/2023'], 'Date to': ['03/14/2023', '04/15/2023'] });
    expect(found.profile.time).toEqual({ from: 'Date from', to: 'Date to', formats: ['MM/DD/YYYY'] });
    const other = table({ 'Date from': ['13/04/2023', '14/05/2023'], 'Date to': ['03/14/2023', '04/15/2023'] });
    expect(other.profile.time).toEqual({ from: 'Date from', formats: ['DD/MM/YYYY'] });
  });

  it('an id is a number that no other row has', () => {
    const found = table({ 'House number': numbered(''), 'Log number': numbered('L'), UPRN: numbered('1') });
    expect(usesOf(found)).toEqual({ 'Log number': 'id' });
    expect(usesOf(table({ Reference: ['A', 'B'] }))).toEqual({});
  });

  it('knows its own form, its codes and its flags', () => {
    const found = table({
      id: numbered('I'),
      category: ['asb.nuisance', 'violence.with-injury'],
      occurred_from: ['2023-01-31T10:00', '2023-02-01T11:00'],
      lat: lats,
      lng: lngs,
      location: ['York Road', 'Mill Lane'],
      flags: ['domestic; alcohol', ''],
    });
    expect(Object.values(usesOf(found))).toEqual(['id', 'category', 'from', 'lat', 'lng', 'location', 'flags']);
    expect(found.profile).toMatchObject({
      category: { column: 'category', codes: true },
      flags: { column: 'flags', separator: ';' },
    });
  });

  it('a column that says yes or no to a flag becomes a rule', () => {
    const found = table({ Domestic: ['Y', 'N'], Type: ['Noise', 'Litter'], Date: ['2023-01-31'] });
    expect(found.profile.flags?.rules).toEqual([
      { when: { Domestic: expect.arrayContaining(['y', 'yes']) }, flag: 'domestic' },
    ]);
    expect(profileSchema.parse(found.profile).flags?.rules).toHaveLength(1);
  });

  it('a complete proposal is a profile that can be used as it is', () => {
    const found = table({ Type: ['Noise', 'Litter'], Date: ['31/01/2023'], Postcode: ['TS24 8AX'] });
    expect(found.complete).toBe(true);
    expect(profileSchema.safeParse(found.profile).error).toBeUndefined();
  });

  it.each([
    ['2024-05 Council ASB log.xlsx', 'council-asb-log'],
    ['../../etc/passwd', 'passwd'],
    ['2024.csv', 'my-file'],
    ['Événements été.csv', 'evenements-ete'],
    ['', 'my-file'],
  ])('names the mapping of %j %s', (fileName, name) => {
    expect(propose(['a'], [['1']], fileName).profile.name).toBe(name);
  });

  it('never fails, whatever the table, and says something of every column', () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Date',
        'Time',
        'Lat',
        'Lng',
        'x',
        'y',
        'Day',
        'Month',
        'Year',
        'Type',
        'id',
        'flags',
        'Ward',
        '__proto__',
        'constructor',
      ),
    );
    const cells = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '',
        '01/02/2023',
        '25:99',
        '54.6',
        '-1.2',
        '376***',
        'TS24 8AX',
        '1e309',
        'NaN',
        '__proto__',
        'asb.nuisance',
      ),
      fc.date().map(String),
    );
    const tables = fc.array(names, { minLength: 1, maxLength: 12 }).chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(fc.array(cells, { maxLength: columns.length + 1 }), { maxLength: 30 }),
        fileName: fc.string(),
      }),
    );
    fc.assert(
      fc.property(tables, ({ columns, rows, fileName }) => {
        const { profile, uses, complete } = propose(columns, rows, fileName);
        expect(uses).toHaveLength(columns.length);
        expect(uses.every(({ because }) => because.length > 5)).toBe(true);
        if (complete) expect(profileSchema.safeParse(profile).error).toBeUndefined();
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
