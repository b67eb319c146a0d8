import { booleanPointInPolygon } from '@turf/turf';
import fc from 'fast-check';
import { cellToParent, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { demoIncidents } from '../../server/demo/demo-incidents.ts';
import { demoWards, wardByCell } from '../../server/demo/demo-wards.ts';
import { demoData, incidents, wardOfIncident } from './count-demo.ts';

const wards = demoWards();
const wardOf = wardByCell(demoData);
const located = incidents.flatMap((incident) =>
  incident.lat === null || incident.lng === null ? [] : [{ lat: incident.lat, lng: incident.lng, incident }],
);

function wardByPolygon(lng: number, lat: number): string[] {
  return wards.features.filter((ward) => booleanPointInPolygon([lng, lat], ward)).map((ward) => ward.properties.WD13NM);
}

describe('the wards of the demo', () => {
  test('are the eleven of 2013, with their codes', () => {
    expect(wards.features.map(({ properties }) => properties.WD13NM)).toEqual([
      'Burn Valley',
      'De Bruce',
      'Fens and Rossmere',
      'Foggy Furze',
      'Hart',
      'Headland and Harbour',
      'Jesmond',
      'Manor House',
      'Rural West',
      'Seaton',
      'Victoria',
    ]);
    for (const { properties } of wards.features) expect(properties.WD13CD).toMatch(/^E050089(4[2-9]|5[0-2])$/);
  });

  test('are drawn as closed rings of [lng, lat], outer ones anticlockwise', () => {
    for (const { geometry } of wards.features) {
      for (const [outer = []] of geometry.coordinates) {
        expect(outer[0]).toEqual(outer.at(-1));
        expect(outer[0]?.[0]).toBeLessThan(0);
        let doubleArea = 0;
        for (let i = 1; i < outer.length; i++) {
          const [x1 = 0, y1 = 0] = outer[i - 1] ?? [];
          const [x2 = 0, y2 = 0] = outer[i] ?? [];
          doubleArea += x1 * y2 - x2 * y1;
        }
        expect(doubleArea).toBeGreaterThan(0);
      }
    }
  });

  test('have 7,194 cells, none in two wards', () => {
    expect(wardOf.size).toBe(7194);
  });
});

describe('the points of the demo', () => {
  test('are never outside the wards', () => {
    expect(located.filter(({ incident }) => wardOfIncident(incident) === 'outside')).toEqual([]);
  });

  test('lie in the same ward by their polygon as by their cell', () => {
    const points = new Map(located.map((point) => [`${point.lat},${point.lng}`, point]));
    expect(points.size).toBeGreaterThan(4000);
    for (const { lat, lng, incident } of points.values()) {
      expect(wardByPolygon(lng, lat)).toEqual([wardOfIncident(incident)]);
    }
  });

  test('lie in the same ward by their finest cell, whatever the seed', () => {
    const property = fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      for (const { lat, lng } of demoIncidents(seed, demoData)) {
        if (lat === null || lng === null) continue;
        const leaf = latLngToCell(lat, lng, 12);
        const ward = wardOf.get(latLngToCell(lat, lng, 10));
        if (ward === undefined || wardOf.get(cellToParent(leaf, 10)) !== ward) return false;
      }
      return true;
    });
    fc.assert(property, { numRuns: 3 });
  }, 60_000);
});
