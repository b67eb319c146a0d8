import { expect, test } from 'vitest';
import { streetName } from '../../server/import/street-name.ts';

test.each([
  ['On or near York Road', 'York Road'],
  ['on or near  Hart Lane ', 'Hart Lane'],
  ['On or near Parking Area', null],
  ['York Road', 'York Road'],
  ['No Location', null],
  ['no location', null],
  ['On or near ', null],
  ['On or near No Location', null],
  ['', null],
])('the street of %j is %j', (location, street) => {
  expect(streetName(location)).toBe(street);
});
