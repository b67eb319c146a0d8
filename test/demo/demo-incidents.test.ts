import { readFileSync } from 'node:fs';
import { latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { demoCsvLines } from '../../server/demo/demo-csv-lines.ts';
import { demoIncidents } from '../../server/demo/demo-incidents.ts';
import { isRealDay } from '../../server/model.ts';
import { demoData, incidents, select, tally, wardOfIncident } from './count-demo.ts';

const taxonomy = JSON.parse(readFileSync(new URL('../../data/taxonomy/categories.json', import.meta.url), 'utf8'));
const codesOf = (list: { code: string }[]) => new Set(list.map(({ code }) => code));

describe('the demo', () => {
  test('is the same for the same seed and another for another', () => {
    expect(demoIncidents()).toEqual(incidents);
    const other = demoIncidents(7, demoData);
    expect(other).not.toEqual(incidents);
    expect(tally(other, ({ category }) => category).sort()).toEqual(
      tally(incidents, ({ category }) => category).sort(),
    );
  });

  test('has about 36,000 incidents with unique ids, in order of time', () => {
    expect(incidents).toHaveLength(36_118);
    expect(new Set(incidents.map(({ id }) => id)).size).toBe(incidents.length);
    expect(incidents[0]?.id).toBe('DEMO-000001');
    const times = incidents.map(({ occurredFrom }) => occurredFrom);
    expect(times).toEqual([...times].sort());
  });

  test('uses categories and flags of the taxonomy only', () => {
    const categories = codesOf(taxonomy.categories);
    const flags = codesOf(taxonomy.flags);
    expect(incidents.filter(({ category }) => !categories.has(category))).toEqual([]);
    expect(incidents.filter((incident) => incident.flags.some((flag) => !flags.has(flag)))).toEqual([]);
  });

  test('has real times within the two years, and ranges that end later in the same month', () => {
    for (const { occurredFrom, occurredTo } of incidents) {
      expect(occurredFrom).toMatch(/^201[78]-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/);
      expect(isRealDay(occurredFrom.slice(0, 10))).toBe(true);
      if (occurredTo === '') continue;
      expect(occurredTo > occurredFrom).toBe(true);
      expect(occurredTo.slice(0, 7)).toBe(occurredFrom.slice(0, 7));
    }
  });

  test('leaves places out only where no table counts wards', () => {
    const unlocated = incidents.filter(({ lat }) => lat === null);
    expect(unlocated.length).toBeGreaterThan(200);
    expect(unlocated.length).toBeLessThan(600);
    expect(
      unlocated.filter(({ category }) => !/stalking-and-harassment|other-theft|other-crime/.test(category)),
    ).toEqual([]);
    expect(unlocated.filter(({ lng, location }) => lng !== null || location !== '')).toEqual([]);
  });

  test('has some days without an hour', () => {
    const dayOnly = incidents.filter(({ occurredFrom }) => occurredFrom.length === 10);
    expect(dayOnly.length / incidents.length).toBeGreaterThan(0.01);
    expect(dayOnly.length / incidents.length).toBeLessThan(0.04);
  });

  test('names only streets of the papers’ places, and only near them', () => {
    const streets = new Map(demoData.places.places.flatMap((place) => place.streets.map((name) => [name, place.ward])));
    for (const incident of incidents) {
      if (incident.location !== '') expect(wardOfIncident(incident)).toBe(streets.get(incident.location));
    }
  });

  test('comes back to the same addresses', () => {
    const burgled = select({ categories: ['crime.burglary.residential'], from: '2017-01-01', to: '2018-12-31' });
    const addresses = tally(burgled, ({ lat, lng }) => `${lat},${lng}`);
    const repeated = addresses.filter(([, count]) => count > 1).length / addresses.length;
    expect(repeated).toBeGreaterThan(0.1);
    expect(repeated).toBeLessThan(0.6);
  });

  test('gathers: a twentieth of the cells hold a third of the violence or more', () => {
    const violence = select({ categories: ['violence'], from: '2017-01-01', to: '2018-12-31' });
    const located = violence.flatMap(({ lat, lng }) =>
      lat === null || lng === null ? [] : [latLngToCell(lat, lng, 10)],
    );
    const counts = new Map<string, number>();
    for (const cell of located) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    const largest = [...counts.values()].sort((a, b) => b - a).slice(0, Math.round(counts.size / 20));
    expect(largest.reduce((sum, count) => sum + count, 0) / located.length).toBeGreaterThan(1 / 3);
  });
});

describe('the CSV of the demo', () => {
  const lines = [...demoCsvLines()];

  test('has the columns of our own form', () => {
    expect(lines[0]).toBe('id,category,occurred_from,occurred_to,lat,lng,location,flags\n');
    expect(lines).toHaveLength(incidents.length + 1);
  });

  test('has eight fields on every line and no quotes needed', () => {
    expect(lines.filter((line) => line.split(',').length !== 8 || !line.endsWith('\n'))).toEqual([]);
  });

  test('says what the incidents say', () => {
    const [id, category, from, to, lat, lng, location, flags] = (lines[2001] as string).trimEnd().split(',');
    const incident = incidents[2000];
    expect([id, category, from, to, location]).toEqual([
      incident?.id,
      incident?.category,
      incident?.occurredFrom,
      incident?.occurredTo,
      incident?.location,
    ]);
    expect([Number(lat), Number(lng), flags]).toEqual([incident?.lat, incident?.lng, incident?.flags.join(';')]);
  });
});
