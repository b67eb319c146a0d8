import fc from 'fast-check';
import { cellToParent, getPentagons, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { ancestorKey, cellOfKey, keyOfCell } from '../../server/count/cell-index.ts';
import { finestResolution } from '../../server/model.ts';

const position = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});
const resolution = fc.integer({ min: 0, max: finestResolution });

describe('keys of cells', () => {
  it('have the parents that H3 gives them, everywhere on the globe', () =>
    fc.assert(
      fc.property(position, resolution, ({ lat, lng }, coarser) => {
        const leaf = latLngToCell(lat, lng, finestResolution);
        expect(cellOfKey(ancestorKey(keyOfCell(leaf), coarser), coarser)).toBe(cellToParent(leaf, coarser));
      }),
      { numRuns: 500 },
    ));

  it('have them at and around the twelve pentagons, too', () => {
    for (const leaf of getPentagons(finestResolution).flatMap((cell) => gridDisk(cell, 2))) {
      for (let coarser = 0; coarser <= finestResolution; coarser++) {
        expect(cellOfKey(ancestorKey(keyOfCell(leaf), coarser), coarser)).toBe(cellToParent(leaf, coarser));
      }
    }
  });

  it('sort so that the children of a cell are one run', () =>
    fc.assert(
      fc.property(fc.array(position, { minLength: 1, maxLength: 60 }), resolution, (positions, coarser) => {
        const keys = positions.map(({ lat, lng }) => keyOfCell(latLngToCell(lat, lng, finestResolution)));
        const parents = keys.sort((a, b) => a - b).map((key) => ancestorKey(key, coarser));
        const runs = parents.filter((parent, index) => parent !== parents[index - 1]);
        expect(runs.length).toBe(new Set(runs).size);
      }),
    ));

  it('fit a double without loss', () =>
    fc.assert(
      fc.property(position, ({ lat, lng }) => {
        const key = keyOfCell(latLngToCell(lat, lng, finestResolution));
        expect(Number.isSafeInteger(key)).toBe(true);
      }),
    ));
});
