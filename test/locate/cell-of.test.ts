import fc from 'fast-check';
import { cellToLatLng, getResolution } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { cellFromDecimal, cellKey, cellToDecimal, leafCell } from '../../server/locate/cell-of.ts';
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
        expect(cellFromDecimal(decimal)).toBe(leafCell(at));
      }),
    );
  });

  test('has a number that tells cells apart and sorts as they do', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        const [first, second] = [leafCell(a), leafCell(b)];
        expect(Number.isSafeInteger(cellKey(first))).toBe(true);
        expect(BigInt(cellKey(first))).toBe(BigInt(`0x${first}`) & (2n ** 52n - 1n));
        expect(Math.sign(cellKey(first) - cellKey(second))).toBe(first < second ? -1 : first > second ? 1 : 0);
      }),
    );
  });
});
