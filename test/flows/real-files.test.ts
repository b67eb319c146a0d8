/** Partners' real files read under their profiles, without a database: nothing lost, every figure as in the file. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ParsedIncident } from '../../server/import/parse-incidents.ts';
import { loadProfile } from '../../server/import/profile.ts';
import { fixtureProfiles, parse } from '../helpers/import-fixtures.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

function countBy<T>(values: readonly T[], keyOf: (value: T) => string | number | null): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(keyOf(value))] = (counts[String(keyOf(value))] ?? 0) + 1;
  return counts;
}
const isUnder = (code: string) => (incident: ParsedIncident) => `${incident.category}.`.startsWith(`${code}.`);
const hourOf = ({ occurredFrom }: ParsedIncident) => Number(occurredFrom.slice(11, 13));

describeWithSharedData('the fires of Avon, July 2014', () => {
  const read = () => parse({ path: sharedData('fire/avon_fire_incidents_2014-07_cp1252.csv') }, 'fire-irs-avon');

  test('344 fires, 208 of them deliberate, 49 primary and 159 secondary; the rest of 1,084 calls apart', async () => {
    const { incidents, rejects, unmapped } = await read();
    expect([incidents.length, rejects.length, unmapped.size]).toEqual([1_084, 0, 0]);
    const count = (code: string) => incidents.filter(isUnder(code)).length;
    expect(count('fire') + count('other.fire')).toBe(344);
    expect([count('fire'), count('fire.primary'), count('fire.secondary')]).toEqual([208, 49, 159]);
    expect([count('other.fire.accidental.primary'), count('other.fire.accidental.secondary')]).toEqual([87, 47]);
    expect([count('other.false-alarm'), count('other.special-service')]).toEqual([523, 217]);
    expect(incidents.filter(({ flags }) => flags.includes('deliberate'))).toHaveLength(208);
  });

  test('what burnt is told as far as the words allow', async () => {
    const { incidents } = await read();
    expect(countBy(incidents.filter(isUnder('fire')), ({ category }) => category)).toEqual({
      'fire.primary.dwelling': 4,
      'fire.primary.other-building': 8,
      'fire.primary.outdoor': 9,
      'fire.primary.vehicle': 28,
      'fire.secondary.grassland': 33,
      'fire.secondary.litter-bin': 15,
      'fire.secondary.other': 16,
      'fire.secondary.other-vegetation': 52,
      'fire.secondary.refuse': 39,
      'fire.secondary.wheelie-bin': 4,
    });
  });

  test('every one is in a ward and on no cell, its coordinates being masked', async () => {
    const { incidents, masked } = await read();
    expect(masked).toBe(1_084);
    expect(countBy(incidents, ({ placedBy, lat }) => `${placedBy} ${lat}`)).toEqual({ 'area only null': 1_084 });
    expect(new Set(incidents.map(({ area }) => `${area?.within} ${area?.name}`)).size).toBe(135);
    const deliberate = incidents.filter(isUnder('fire'));
    expect(countBy(deliberate, ({ area }) => area?.within ?? '')).toEqual({
      BRISTOL: 128,
      'S GLOS': 42,
      'N SOM': 23,
      BANES: 15,
    });
    expect(countBy(deliberate, ({ area }) => area?.name ?? '')).toMatchObject({ HENGROVE: 10, AVONMOUTH: 8 });
    expect(countBy(deliberate, hourOf)).toMatchObject({ 21: 29, 19: 16, 16: 15 });
  });
});

describeWithSharedData('the sample of the London Fire Brigade', () => {
  test('8 fires whose motive no one recorded, none of them deliberate; 6 places to 50 metres', async () => {
    const { incidents, rejects } = await parse(
      { path: sharedData('fire/lfb_incident_data_sample.csv') },
      'fire-irs-london',
    );
    expect(rejects).toEqual([]);
    expect(countBy(incidents, ({ category }) => category)).toEqual({
      'other.fire.motive-not-recorded.primary': 2,
      'other.fire.motive-not-recorded.secondary': 6,
      'other.false-alarm': 4,
      'other.special-service': 8,
    });
    expect(countBy(incidents, ({ withinMetres }) => withinMetres)).toEqual({ null: 14, 50: 6 });
    expect(incidents[0]).toMatchObject({ occurredFrom: '2009-01-01T00:00:37', lat: 51.4758117319 });
    expect(incidents[0]?.attributes).toMatchObject({ 'Notional Cost (£)': '255.0', SpecialServiceType: 'RTC' });
    expect(incidents.every(({ lat }) => lat !== null)).toBe(true);
  });
});

describeWithSharedData('stop-and-search of summer 2023, whose days are midnights in UTC', () => {
  test.each([
    ['06', 683, 17, 30, { '2023-06-25': 43, '2023-06-16': 37 }],
    ['07', 857, 85, 31, { '2023-07-21': 45, '2023-07-02': 44 }],
    ['08', 832, 33, 31, { '2023-08-11': 38, '2023-08-17': 37 }],
  ])('every row of month %s falls on its day, in its month', async (month, rows, without, days, some) => {
    const path = sharedData(`police-uk/stop-and-search/2023-${month}-cleveland-stop-and-search.csv`);
    const { incidents, rejects, outsideMonth } = await parse({ path }, 'stop-and-search');
    expect([incidents.length, rejects.length, outsideMonth]).toEqual([rows, 0, 0]);
    expect(countBy(incidents, ({ precision, category }) => `${precision} ${category}`)).toEqual({
      'day police.stop-and-search': rows,
    });
    const byDay = countBy(incidents, ({ occurredFrom }) => occurredFrom.slice(0, 10));
    expect(Object.keys(byDay)).toHaveLength(days);
    expect(byDay).toMatchObject(some);
    expect(incidents.filter(({ lat }) => lat === null)).toHaveLength(without);
    expect(new Set(incidents.map(({ identity }) => identity)).size).toBe(rows);
  });

  test('what the person searched was taken for is kept, and what the person is is not', async () => {
    const path = sharedData('police-uk/stop-and-search/2023-06-cleveland-stop-and-search.csv');
    const { incidents } = await parse({ path }, 'stop-and-search');
    const names = new Set(incidents.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...names].sort()).toEqual([
      'Legislation',
      'Object of search',
      'Outcome',
      'Outcome linked to object of search',
      'Type',
    ]);
  });
});

describeWithSharedData('files from elsewhere', () => {
  test('thefts of New York keep their ranges, up to seven years long', async () => {
    const path = sharedData('incidents/nyc_vehicle_thefts_start_end.csv.gz');
    const { incidents, rejects } = await parse({ path }, await loadProfile(fixtureProfiles, 'nyc-vehicle-thefts'));
    expect([incidents.length, rejects.length]).toEqual([35_746, 0]);
    expect(countBy(incidents, ({ category }) => category)).toEqual({ 'crime.vehicle-crime.theft-of': 35_746 });
    const hours = incidents.flatMap(({ occurredFrom, occurredTo }) =>
      occurredTo === null ? [] : (Date.parse(`${occurredTo}Z`) - Date.parse(`${occurredFrom}Z`)) / 3_600_000,
    );
    hours.sort((a, b) => a - b);
    expect(hours).toHaveLength(32_894);
    expect(hours.filter((length) => length === 0)).toHaveLength(512);
    expect(hours[Math.floor(hours.length / 2)]).toBeCloseTo(10, 0);
    expect(hours.at(-1)! / 24 / 365).toBeCloseTo(7, 1);
    expect(incidents.filter(({ occurredFrom }) => occurredFrom < '2014')).toHaveLength(62);
  }, 60_000);

  test('calls of Milwaukee that are placed far away are rejected by name, those without a place kept', async () => {
    const path = sharedData('incidents/milwaukee_calls_for_service_2018-05.csv.gz');
    const profile = await loadProfile(fixtureProfiles, 'milwaukee-calls');
    const { incidents, rejects } = await parse({ path }, profile);
    expect([incidents.length, rejects.length]).toEqual([33_968 - 472, 472]);
    expect(countBy(rejects, ({ column, reason }) => `${column}: ${reason}`)).toEqual({
      'latitude, longitude: the place is outside the bounds of the profile; correct the coordinates or leave both blank': 472,
    });
    expect(rejects.some(({ value }) => value.includes('77.596'))).toBe(true);
    expect(incidents.filter(({ lat }) => lat === null)).toHaveLength(11);
    const { bounds: _, ...unbounded } = profile;
    const everywhere = await parse({ path }, unbounded);
    expect([everywhere.incidents.length, everywhere.rejects.length]).toEqual([33_968, 0]);
    expect(everywhere.incidents.filter(({ flags }) => flags.includes('domestic'))).toHaveLength(545);
    expect(everywhere.incidents.filter(({ category }) => category === 'police').length).toBeGreaterThan(30_000);
  }, 60_000);

  test('crimes of Houston have their hour from a column of its own, the same as its column in UTC tells', async () => {
    const path = sharedData('incidents/houston_crime_2010.csv.gz');
    const profile = await loadProfile(fixtureProfiles, 'houston-crimes');
    const { incidents, rejects } = await parse({ path }, profile);
    expect([incidents.length, rejects.length]).toEqual([86_314, 0]);
    expect(countBy(incidents, ({ precision }) => precision)).toEqual({ hour: 86_314 });
    expect(countBy(incidents, hourOf)).toMatchObject({ 18: 5_308, 22: 5_206, 0: 4_938, 4: 1_257 });
    expect(countBy(incidents, ({ occurredFrom }) => occurredFrom.slice(0, 7))).toMatchObject({ '2010-05': 11_920 });
    expect(incidents.filter(({ lat }) => lat === null)).toHaveLength(5);
    const inUtc = { ...profile, time: { ...profile.time, from: 'time', formats: ['YYYY-MM-DDTHH:MM:SS' as const] } };
    const again = (await parse({ path }, inUtc)).incidents;
    // Nine were written down in the hour that the clocks skipped: civil time keeps them as they were written.
    const different = incidents.filter(({ occurredFrom }, index) => occurredFrom !== again[index]?.occurredFrom);
    expect(countBy(different, ({ occurredFrom }) => occurredFrom)).toEqual({ '2010-03-14T02:00:00': 9 });
  }, 60_000);
});

describeWithSharedData('the street files of Cleveland', () => {
  const folder = sharedData('police-uk/cleveland');

  test('lose no row where the codes of small areas change in 2023', async () => {
    const files = readdirSync(folder).filter((name) => name >= '2023-01' && name < '2023-08');
    const rows: number[] = [];
    const codes = new Set<string>();
    for (const file of files) {
      const { incidents, rejects, outsideMonth, month } = await parse(
        { path: `${folder}/${file}` },
        'police-uk-street',
      );
      expect([rejects.length, outsideMonth, month]).toEqual([0, 0, file.slice(0, 7)]);
      expect(incidents.every(({ category }) => category !== 'other.unmapped')).toBe(true);
      for (const { attributes } of incidents) if (attributes['LSOA code']) codes.add(attributes['LSOA code']);
      rows.push(incidents.length);
    }
    expect(rows).toEqual([7_663, 8_069, 8_726, 8_707, 8_764, 8_719, 8_556]);
    // Both vintages: areas drawn anew in 2021 have codes that begin E0103.
    expect([...codes].some((code) => code.startsWith('E0103'))).toBe(true);
    expect([...codes].some((code) => code.startsWith('E0101'))).toBe(true);
  }, 60_000);
});
