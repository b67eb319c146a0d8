import fc from 'fast-check';
import { getResolution, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellOfId, idOfCell } from '../../client/cells/cell-id.ts';
import { countedCells } from '../../client/cells/cell-values.ts';
import { readCompactCells } from '../../client/cells/compact-cells.ts';

/** An encoder of its own, in whole numbers of any size, by docs/compact-cells.md. */
function encode(resolution: number, cells: readonly string[], columns: readonly (readonly number[])[]): Uint8Array {
  const bytes = [1, resolution, columns.length];
  const varint = (value: bigint) => {
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
  };
  varint(BigInt(cells.length));
  let before = 0n;
  for (const cell of cells) {
    const short = (BigInt(`0x${cell}`) & ((1n << 52n) - 1n)) >> BigInt(3 * (15 - resolution));
    varint(short - before);
    before = short;
  }
  for (const column of columns) for (const value of column) varint(BigInt(value));
  return Uint8Array.from(bytes);
}

const place = fc.record({
  lat: fc.double({ min: -89, max: 89, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});
const answer = fc
  .record({ resolution: fc.integer({ min: 0, max: 15 }), places: fc.array(place, { maxLength: 40 }) })
  .chain(({ resolution, places }) => {
    const cells = [...new Set(places.map(({ lat, lng }) => latLngToCell(lat, lng, resolution)))].sort();
    const column = fc.array(fc.nat({ max: 2 ** 40 }), { minLength: cells.length, maxLength: cells.length });
    return fc.record({
      resolution: fc.constant(resolution),
      cells: fc.constant(cells),
      counts: column,
      previous: fc.option(column),
    });
  });
const totals = { total: 3, located: 2, version: 1 };

describe('the compact form of cells', () => {
  it('gives back every cell with its counts', () => {
    fc.assert(
      fc.property(answer, ({ resolution, cells, counts, previous }) => {
        const read = readCompactCells(encode(resolution, cells, previous ? [counts, previous] : [counts]));
        expect(read.resolution).toBe(resolution);
        expect([...read.ids].map((id) => cellOfId(id, resolution))).toEqual(cells);
        expect([...read.counts]).toEqual(counts);
        expect(read.previous && [...read.previous]).toEqual(previous);
      }),
    );
  });

  it('finds each cell by its index, and no other', () => {
    fc.assert(
      fc.property(answer, place, ({ resolution, cells, counts }, { lat, lng }) => {
        const values = countedCells(readCompactCells(encode(resolution, cells, [counts])), totals);
        for (const [index, cell] of cells.entries()) {
          expect(values.indexOf(cell)).toBe(index);
          expect(values.cellAt(index)).toEqual({ cell, count: counts[index] });
        }
        const other = latLngToCell(lat, lng, resolution === 15 ? 14 : resolution + 1);
        expect(values.indexOf(other)).toBe(-1);
      }),
    );
  });

  it('refuses bytes of another form, and bytes that end too soon', () => {
    expect(() => readCompactCells(Uint8Array.of(2, 9, 1, 0))).toThrow('form 2');
    const whole = encode(9, ['89194b0d0a3ffff', '89194b0d0a7ffff'], [[300, 4]]);
    for (let length = 3; length < whole.length; length++)
      expect(() => readCompactCells(whole.slice(0, length))).toThrow(/end|not known/);
  });
});

describe('the feature id of a cell', () => {
  it('is its index without the mode and the resolution, and leads back to it', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 15 }), ({ lat, lng }, resolution) => {
        const cell = latLngToCell(lat, lng, resolution);
        expect(idOfCell(cell)).toBeLessThan(2 ** 52);
        expect(cellOfId(idOfCell(cell), getResolution(cell))).toBe(cell);
      }),
    );
  });
});
