import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../helpers/import-fixtures.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const header = 'id,category,occurred_from,occurred_to,lat,lng,easting,northing,location,flags,officer';
const good = 'A1,violence,2024-05-01T23:30,2024-05-02T01:00,54.6863,-1.2129,,,Church Street,domestic,PC 12';

/** The good row with some of its cells replaced. */
function rowWith(cells: Readonly<Record<string, string>>): string {
  const names = header.split(',');
  const row = good.split(',').map((cell, index) => cells[names[index] as string] ?? cell);
  return row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',');
}

async function parseOne(cells: Readonly<Record<string, string>>) {
  const parsed = await parse({ text: `${header}\n${rowWith(cells)}\n` });
  return { ...parsed, incident: parsed.incidents[0], reject: parsed.rejects[0] };
}

describe('what an incident becomes', () => {
  test('every column of the documented form arrives', async () => {
    const { incident } = await parseOne({});
    expect(incident).toMatchObject({
      line: 2,
      externalId: 'A1',
      category: 'violence',
      occurredFrom: '2024-05-01T23:30:00',
      occurredTo: '2024-05-02T01:00:00',
      precision: 'minute',
      lat: 54.6863,
      lng: -1.2129,
      location: 'Church Street',
      flags: ['domestic'],
      attributes: { officer: 'PC 12' },
    });
    expect(incident?.identity).toMatch(/^[0-9a-f]{32}$/);
    expect(incident?.content).toMatch(/^[0-9a-f]{32}$/);
  });

  test('only category, occurred_from and a pair of coordinate columns are needed', async () => {
    const { incidents } = await parse({
      text: 'Category;Occurred From;EASTING;Northing\nviolence;01/05/2024;450566;531848\n',
    });
    expect(incidents[0]).toMatchObject({
      externalId: null,
      occurredTo: null,
      precision: 'day',
      flags: [],
      location: '',
    });
    expect(incidents[0]?.lat).toBeCloseTo(54.6792, 3);
    expect(incidents[0]?.lng).toBeCloseTo(-1.2173, 3);
  });

  test('blank coordinates are an incident without a place', async () => {
    const { incident } = await parseOne({ lat: '', lng: ' ' });
    expect(incident).toMatchObject({ lat: null, lng: null });
  });

  test('easting and northing serve where latitude and longitude are blank', async () => {
    const { incident } = await parseOne({ lat: '', lng: '', easting: '450566', northing: '531848' });
    expect(incident?.lat).toBeCloseTo(54.6792, 3);
  });

  test('an unknown category word is kept, counted, and the incident taken', async () => {
    const { incident, unmapped } = await parseOne({ category: 'Goose theft' });
    expect(incident).toMatchObject({ category: 'other.unmapped', attributes: { category: 'Goose theft' } });
    expect([...unmapped]).toEqual([['Goose theft', 1]]);
  });

  test('flags are sorted, found by code or name, and unknown ones kept beside', async () => {
    const { incident, unknownFlags } = await parseOne({ flags: ' Weapon ;domestic abuse;glitter;;weapon' });
    expect(incident?.flags).toEqual(['domestic', 'weapon']);
    expect(incident?.attributes).toMatchObject({ flags: 'glitter' });
    expect([...unknownFlags]).toEqual([['glitter', 1]]);
  });

  test.each([
    ['2024-05-01T23:30', '2024-05-02', '2024-05-01T23:30:00', '2024-05-02T23:59:59', 'minute'],
    ['2024-05-01', '2024-05-02T08:00', '2024-05-01T00:00:00', '2024-05-02T08:00:00', 'minute'],
    ['2024-05-01', '2024-05-01', '2024-05-01T00:00:00', '2024-05-01T23:59:59', 'day'],
    ['2024-05', '2024-05-09T08:00', '2024-05-01T00:00:00', '2024-05-09T08:00:00', 'month'],
    ['2024-05-01T22', '2024-05-02', '2024-05-01T22:00:00', '2024-05-02T23:59:59', 'hour'],
    ['2024-05-01T23:30:15', '2024-05-01T23:30', '2024-05-01T23:30:15', '2024-05-01T23:30:15', 'minute'],
  ])('from %s to %s is %s to %s, to the %5$s', async (from, to, occurredFrom, occurredTo, precision) => {
    const { incident } = await parseOne({ occurred_from: from, occurred_to: to });
    expect(incident).toMatchObject({ occurredFrom, occurredTo, precision });
  });

  test('this month is not the future, and neither is today', async () => {
    for (const time of ['2025-06', '2025-06-15', '2025-06-15T12:00']) {
      expect((await parseOne({ occurred_from: time, occurred_to: '' })).rejects).toEqual([]);
    }
  });
});

describe('what is rejected, and why', () => {
  test.each<[cells: Record<string, string>, column: string, reason: string]>([
    [{ category: ' ' }, 'category', 'the category is missing; fill it in'],
    [{ occurred_from: '' }, 'occurred_from', 'the date is missing'],
    [{ occurred_from: '31/02/2024' }, 'occurred_from', 'there is no day 31 in 2024-02'],
    [{ occurred_from: '2024-05-01T25:00' }, 'occurred_from', 'there is no hour 25'],
    [{ occurred_from: 'last week' }, 'occurred_from', 'write it as YYYY-MM-DDTHH:MM:SS or'],
    [{ occurred_from: '1969-12-31', occurred_to: '' }, 'occurred_from', 'the date is before 1970'],
    [{ location: 'x'.repeat(501) }, 'location', 'longer than 500 characters; shorten it'],
    [{ occurred_from: '2025-06-15T12:01', occurred_to: '' }, 'occurred_from', 'the date is in the future'],
    [{ occurred_to: '2025-06-16' }, 'occurred_to', 'the date is in the future'],
    [{ occurred_to: 'soon' }, 'occurred_to', 'not a date in a form known here'],
    [{ occurred_to: '2024-05-01T23:29' }, 'occurred_to', 'this is before occurred_from, 2024-05-01T23:30; exchange'],
    [{ lat: 'north' }, 'lat', 'this is not a number; write it with digits and a decimal point, as in 54.6863'],
    [{ lat: '54,6863' }, 'lat', 'a decimal point and no comma'],
    [{ lat: '0x36' }, 'lat', 'this is not a number'],
    [{ lng: '' }, 'lng', 'only lat is filled in; give both coordinates or neither'],
    [{ lat: '' }, 'lat', 'only lng is filled in'],
    [{ lat: '-1.2129', lng: '54.6863' }, 'lat, lng', 'latitude and longitude look exchanged'],
    [{ lat: '0', lng: '0.000' }, 'lat, lng', '0, 0 stands for a place that is not known; leave both coordinates blank'],
    [{ lat: '48.85', lng: '2.35' }, 'lat, lng', 'the place is outside the United Kingdom'],
    [
      { lat: '531848', lng: '450566' },
      'lat, lng',
      'metres of the British National Grid belong in easting and northing',
    ],
    [{ lat: '', lng: '', easting: '450566' }, 'northing', 'only easting is filled in'],
    [{ lat: '', lng: '', easting: '37*6', northing: '177***8' }, 'easting', 'this is not a number'],
    [
      { lat: '', lng: '', easting: '950566', northing: '531848' },
      'easting, northing',
      'easting runs from 0 to 700,000',
    ],
    [{ lat: '', lng: '', easting: '-1.2', northing: '54.6' }, 'easting, northing', 'easting runs from 0'],
    [{ lat: '', lng: '', easting: '1.2', northing: '54.6' }, 'easting, northing', 'these look like degrees'],
    [
      { lat: '', lng: '', easting: '0', northing: '0' },
      'easting, northing',
      '0, 0 stands for a place that is not known',
    ],
    [{ lat: '', lng: '', easting: '1000', northing: '1299000' }, 'easting, northing', 'outside the United Kingdom'],
  ])('%j', async (cells, column, reason) => {
    const { incidents, reject, rowsRead } = await parseOne(cells);
    expect(incidents).toEqual([]);
    expect(rowsRead).toBe(1);
    expect(reject?.reason).toContain(reason);
    expect(reject?.column).toBe(column);
    expect(reject?.line).toBe(2);
    expect(reject?.row).toHaveLength(11);
  });

  test('a row with too many or too few cells, and only that row', async () => {
    const { incidents, rejects } = await parse({ text: `${header}\n${good}\n${good},extra\nA2,violence\n${good},,\n` });
    expect(incidents.map(({ line }) => line)).toEqual([2, 5]);
    expect(rejects.map(({ line, value, reason }) => [line, value, reason])).toEqual([
      [
        3,
        '12 cells',
        'the row has 12 cells and the header 11; put quotation marks round a cell with a delimiter in it',
      ],
      [4, '2 cells', 'the row has 2 cells and the header 11; fill in what is missing'],
    ]);
  });

  test('a record with broken quoting', async () => {
    const { rejects } = await parse({ text: `${header}\n"A1"x${good.slice(2)}\n` });
    expect(rejects[0]?.reason).toContain('text after a closing quotation mark');
  });
});

describe('what a file must have', () => {
  test.each([
    [
      'category,lat,lng\nx,1,2\n',
      'test.csv lacks the column occurred_from, which the profile incidents needs. It has: category, lat, lng. Rename the columns, or choose the profile that fits this file.',
    ],
    ['lat,lng\n1,2\n', 'lacks the columns category, occurred_from'],
    ['category,occurred_from\nx,2024\n', 'lacks the columns lat and lng or easting and northing'],
    ['category,occurred_from,lat\nx,2024,1\n', 'lacks the column lng'],
    [
      'category#occurred_from#lat\nx#2024#1\n',
      'Its header is a single column: name the sign that separates the columns when it is an unusual one, or choose the profile that fits this file.',
    ],
    [
      'category,occurred_from,lat,lng,note,Note\nx,2024,1,2,3,4\n',
      'test.csv has two columns called "Note". Rename or remove one of them.',
    ],
  ])('%j', async (text, message) => {
    await expect(parse({ text })).rejects.toThrow(message);
  });

  test('columns without a name are told by their place', async () => {
    const { incidents } = await parse({ text: 'category,occurred_from,lat,lng,,\nviolence,2024-05-01,,,seen,\n' });
    expect(incidents[0]?.attributes).toEqual({ 'column 5': 'seen' });
  });
});

describe('identity', () => {
  const street =
    'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context';
  const asb =
    ',2023-01,Cleveland Police,Cleveland Police,-1.235660,54.710526,On or near Dobson Place,E01011954,Hartlepool 001A,Anti-social behaviour,,';
  const theft =
    'abc,2023-01,Cleveland Police,Cleveland Police,-1.2,54.7,On or near York Road,E01011954,Hartlepool 001A,Other theft,Under investigation,';
  const identities = async (...lines: string[]) => {
    const { incidents, rejects } = await parse({ text: `${[street, ...lines].join('\n')}\n` }, 'police-uk-street');
    expect(rejects).toEqual([]);
    return incidents.map(({ identity }) => identity);
  };

  test('exact copies without an id are different incidents, the same ones in every reading', async () => {
    const once = await identities(asb, asb, asb);
    expect(new Set(once).size).toBe(3);
    expect(await identities(asb, asb, asb)).toEqual(once);
  });

  test('neither the order of the rows nor other months beside them matter', async () => {
    const february = asb.replace('2023-01', '2023-02');
    const [first, , third] = await identities(asb, february, asb);
    expect(await identities(february, asb, asb)).toEqual([expect.anything(), first, third]);
  });

  test('nor the order of the columns, the delimiter, or a spreadsheet that drops zeros at the end of numbers', async () => {
    const [expected] = await identities(asb);
    const { incidents } = await parse(
      {
        text: 'Month;Crime type;Location;Latitude;Longitude;Crime ID;Reported by;Falls within\n2023-01;Anti-social behaviour;On or near Dobson Place;54.710526;-1.23566;;Cleveland Police;Cleveland Police\n',
      },
      'police-uk-street',
    );
    expect(incidents[0]?.identity).toBe(expected);
  });

  test('new LSOA codes for the same incident do not make it another', async () => {
    expect(await identities(asb.replace('E01011954', 'E01099999'))).toEqual(await identities(asb));
  });

  test('the same id is the same incident in another month with another outcome, and its content differs', async () => {
    const later = theft.replace('2023-01', '2023-02').replace('Under investigation', 'Unable to prosecute suspect');
    const { incidents } = await parse({ text: `${street}\n${theft}\n${later}\n${theft}\n` }, 'police-uk-street');
    const [first, second, third] = incidents;
    expect(second?.identity).toBe(first?.identity);
    expect(second?.content).not.toBe(first?.content);
    expect(third?.content).toBe(first?.content);
  });

  test('incidents that differ in time, place, category, location or flags are never one', async () => {
    const cells = fc.record({
      id: fc.constant(''),
      occurred_from: fc.constantFrom('2024-05-01', '2024-05-01T00:00', '2024-05'),
      occurred_to: fc.constantFrom('', '2024-05-31'),
      lat: fc.constantFrom('54.5', '54.6'),
      category: fc.constantFrom('violence', 'asb'),
      location: fc.constantFrom('', 'York Road'),
      flags: fc.constantFrom('', 'weapon', 'weapon;domestic'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(cells, { minLength: 2, maxLength: 6, selector: JSON.stringify }),
        async (rows) => {
          const { incidents } = await parse({ text: `${header}\n${rows.map(rowWith).join('\n')}\n` });
          expect(new Set(incidents.map(({ identity }) => identity)).size).toBe(rows.length);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describeWithSharedData('the street files of Cleveland', () => {
  const folder = sharedData('police-uk/cleveland');

  test('all 290,500 rows are taken, and 290,499 are different incidents', async () => {
    const identities = new Set<string>();
    const total = { incidents: 0, rejects: 0, unmapped: 0, withoutId: 0 };
    for (const file of readdirSync(folder)) {
      const { incidents, rejects, unmapped } = await parse({ path: `${folder}/${file}` }, 'police-uk-street');
      for (const { identity, externalId } of incidents) {
        identities.add(identity);
        if (externalId === null) total.withoutId++;
      }
      total.incidents += incidents.length;
      total.rejects += rejects.length;
      total.unmapped += unmapped.size;
    }
    expect(total).toEqual({ incidents: 290_500, rejects: 0, unmapped: 0, withoutId: 58_222 });
    expect(identities.size).toBe(290_499);
  }, 120_000);
});
