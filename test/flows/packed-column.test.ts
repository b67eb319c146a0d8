import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packColumn, valueAt } from '../../server/flows/packed-column.ts';

it('a packed column has the values it was made of: numbers or words, and nulls', () => {
  const numbers = fc.array(fc.option(fc.double({ noNaN: true })));
  const words = fc.array(fc.option(fc.constantFrom('', 'hot95', 'cold99', 'not significant')));
  fc.assert(
    fc.property(fc.oneof(numbers, words), (values) => {
      const packed = packColumn('measure', values);
      expect(values.map((_, at) => valueAt(packed, at))).toEqual(values);
    }),
  );
  const counts = packColumn('count', Uint32Array.of(0, 4_294_967_295));
  expect([valueAt(counts, 0), valueAt(counts, 1)]).toEqual([0, 4_294_967_295]);
});
