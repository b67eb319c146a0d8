import { readFileSync } from 'node:fs';
import { booleanPointInPolygon } from '@turf/turf';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { bngToWgs84 } from '../../server/locate/bng-to-wgs84.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

describe('British National Grid to WGS84', () => {
  // Ordnance Survey, A guide to coordinate systems in Great Britain, worked example of Caister water tower.
  test('the water tower of the Ordnance Survey’s worked example lies where it should, to five metres', () => {
    const { lat, lng } = bngToWgs84(651_409.903, 313_177.27);
    expect(lat).toBeCloseTo(52.657977, 4);
    expect(lng).toBeCloseTo(1.716038, 4);
  });

  test('degrees are rounded to seven places', () => {
    const { lat, lng } = bngToWgs84(450_566, 531_848);
    for (const degrees of [lat, lng]) expect(degrees).toBe(Number(degrees.toFixed(7)));
  });
});

describeWithSharedData('postcodes and their published wards', () => {
  type Wards = FeatureCollection<Polygon | MultiPolygon, { WD25CD: string; LAD25CD: string }>;

  test('every Hartlepool postcode lies in its ward, and all but five of the four authorities', () => {
    const wards: Wards = JSON.parse(readFileSync(sharedData('boundaries/wards-2025-tees.geojson'), 'utf8'));
    const byCode = new Map(wards.features.map((ward) => [ward.properties.WD25CD, ward]));
    const lines = readFileSync(sharedData('checks/postcode-wards.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
    const outside: string[] = [];
    let hartlepool = 0;
    for (const line of lines) {
      const [postcode, easting, northing, code] = line.split(',') as [string, string, string, string];
      const ward = byCode.get(code);
      const { lat, lng } = bngToWgs84(Number(easting), Number(northing));
      const inside = ward !== undefined && booleanPointInPolygon([lng, lat], ward);
      if (!inside) outside.push(postcode);
      else if (ward.properties.LAD25CD === 'E06000001') hartlepool++;
    }
    expect([lines.length, hartlepool]).toEqual([16_091, 2693]);
    expect(outside.map((postcode) => postcode.replace(/\s+/, ' '))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(TS15 9JW|TS3 0PY|TS4 3PW|TS6 0NH|TS6 8HH)$/)]),
    );
    expect(outside.length).toBeLessThanOrEqual(5);
  });
});
