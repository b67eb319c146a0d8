import { describe, expect, test } from 'vitest';
import { createStreetFinder, foldStreet, type KnownStreet, streetsInAddress } from '../../server/locate/streets.ts';

const known = (name: string, lng: number, lat: number, district: string | null = null): KnownStreet => ({
  name,
  district,
  west: lng,
  south: lat,
  east: lng + 0.002,
  north: lat + 0.002,
});

describe('names of streets', () => {
  test.each([
    ['TOWER ST', 'tower street'],
    ["St. Aidan's St", 'st aidans street'],
    ['York  Rd.', 'york road'],
    ['Raby-Road', 'raby road'],
    ['St', 'st'],
  ])('"%s" is compared as "%s"', (name, folded) => expect(foldStreet(name)).toBe(folded));

  test.each([
    ['12 Tower Street, Hartlepool', ['tower street']],
    ['Flat 2, 12a Tower St, Old Town', ['tower street', 'old town']],
    ['12-14 York Road', ['york road']],
    ['Unit 7 Park View West', ['park view west']],
    ['Hartlepool', []],
    ['', []],
  ])('"%s" may hold %j', (address, streets) => expect(streetsInAddress(address)).toEqual(streets));
});

describe('finding streets', () => {
  test('gives the middle of what is held of a street, and how far it reaches', () => {
    const find = createStreetFinder([known('Tower Street', -1.21, 54.68), known('tower st', -1.208, 54.682)]);
    const found = find('99 Tower Street, Hartlepool');
    expect(found).toMatchObject({ lat: 54.682, lng: -1.208 });
    expect(found!.withinMetres).toBeGreaterThan(200);
    expect(found!.withinMetres).toBeLessThan(300);
  });

  test('does not guess between streets of one name in two towns, and tells them apart by the town', () => {
    const find = createStreetFinder([
      known('York Road', -1.21, 54.68, 'hartlepool'),
      known('York Road', -1.06, 54.6, 'redcar and cleveland'),
    ]);
    expect(find('York Road')).toBeNull();
    expect(find('York Road', 'Redcar & Cleveland')).toBeNull();
    expect(find('York Road', 'Redcar and Cleveland')).toMatchObject({ lat: 54.601 });
    expect(find('York Road', 'Hartlepool')).toMatchObject({ lat: 54.681 });
    expect(find('York Road', 'Durham')).toBeNull();
  });

  test('knows nothing of a street it was not told of', () => {
    const find = createStreetFinder([known('York Road', -1.21, 54.68)]);
    expect(find('York Street')).toBeNull();
    expect(find('__proto__ constructor')).toBeNull();
  });
});
