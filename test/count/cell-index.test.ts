import fc from 'fast-check';
import { cellToLatLng, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { cellIndex, cellOfKey, keyOfCell } from '../../server/count/cell-index.ts';
import type { Columns } from '../../server/count/columns.ts';
import { sumByCell } from '../../server/count/sums.ts';

const latitude = fc.double({ min: 49.9, max: 60.8, noNaN: true });
const longitude = fc.double({ min: -8.6, max: 1.7, noNaN: true });
const resolution = fc.integer({ min: 3, max: 12 });

/** Columns that hold places only: all that the index looks at. */
function columnsOf(points: readonly { lat: number; lng: number }[]): Columns {
  const lats = Float64Array.from(points, ({ lat }) => lat);
  const lngs = Float64Array.from(points, ({ lng }) => lng);
  return { places: { ids: new Int32Array(points.length), lats, lngs } } as Columns;
}

describe('the index of held cells', () => {
  test('a key is the low 52 bits of an H3 index, and gives it back', () => {
    fc.assert(
      fc.property(latitude, longitude, resolution, (lat, lng, level) => {
        const cell = latLngToCell(lat, lng, level);
        const key = keyOfCell(cell);
        expect(Number.isSafeInteger(key) && key < 2 ** 52).toBe(true);
        expect(cellOfKey(key, level)).toBe(cell);
      }),
    );
  });

  test('puts every place into the cell that holds its point, at every resolution', () => {
    const points = fc.array(fc.record({ lat: latitude, lng: longitude }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(points, resolution, (places, level) => {
        const index = cellIndex(columnsOf(places), level);
        expect(index.cellOfPlace.at(-1)).toBe(index.keys.length);
        const cells = Array.from(index.cellOfPlace.subarray(0, -1), (cell) => cellOfKey(index.keys[cell]!, level));
        expect(cells).toEqual(places.map(({ lat, lng }) => latLngToCell(lat, lng, level)));
        expect([...index.keys]).toEqual([...new Set(index.keys)].sort((a, b) => a - b));
      }),
    );
  });

  test('a point near an edge lies in its own cell, whatever the parent of its leaf', () => {
    // the leaf at resolution 12 of this point has another ancestor at resolution 9 than the cell the point lies in
    const [lat, lng] = edgePoint();
    const index = cellIndex(columnsOf([{ lat, lng }]), 9);
    expect(cellOfKey(index.keys[0]!, 9)).toBe(latLngToCell(lat, lng, 9));
  });

  test('sums places into cells without loss', () => {
    const places = Array.from({ length: 200 }, (_, at) => ({ lat: 54.6 + (at % 20) / 500, lng: -1.25 + at / 3000 }));
    const byPlace = Uint32Array.from(places, (_, at) => at);
    const sums = sumByCell(cellIndex(columnsOf(places), 8), byPlace);
    expect(sums.reduce((sum, count) => sum + count, 0)).toBe((199 * 200) / 2);
  });
});

/** A point whose leaf's ancestor is not its cell, found by walking along the edge between two cells. */
function edgePoint(): [number, number] {
  const [lat, lng] = cellToLatLng(latLngToCell(54.68, -1.21, 9));
  for (let step = 0; step < 100_000; step++) {
    const point: [number, number] = [lat + step * 1e-7, lng + step * 2e-8];
    const leaf = latLngToCell(...point, 12);
    const ancestor = keyOfCell(leaf) - (keyOfCell(leaf) % 2 ** 18) + (2 ** 18 - 1);
    if (cellOfKey(ancestor, 9) !== latLngToCell(...point, 9)) return point;
  }
  throw new Error('no such point: hexagons would nest');
}
