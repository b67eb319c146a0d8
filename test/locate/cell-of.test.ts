import fc from 'fast-check';
import { cellToLatLng, getResolution } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { cellToDecimal, leafCell } from '../../server/locate/cell-of.ts';
import { finestResolution } from '../../server/model.ts';

const position = fc.record({
  lat: fc.double({ min: 49.8, max: 60.9, noNaN: true }),
  lng: fc.double({ min: -8.7, max: 1.8, noNaN: true }),
});

describe('the cell of a position', () => {
  test('is one of the finest resolution, within its edge length', () => {
    fc.assert(
      fc.property(position, (at) => {
        const cell = leafCell(at);
        const [lat, lng] = cellToLatLng(cell);
        expect(getResolution(cell)).toBe(finestResolution);
        expect(Math.abs(lat - at.lat)).toBeLessThan(0.0003);
        expect(Math.abs(lng - at.lng)).toBeLessThan(0.0005);
      }),
    );
  });

  test('goes into a signed 64-bit column and comes back', () => {
    fc.assert(
      fc.property(position, (at) => {
        const decimal = cellToDecimal(leafCell(at));
        expect(BigInt(decimal)).toBeLessThan(2n ** 63n);
        expect(BigInt(decimal).toString(16)).toBe(leafCell(at));
      }),
    );
  });
});
