import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerBound, lowerBoundNear } from '../../server/count/lower-bound.ts';
import {
  incidentsIn,
  isInRanges,
  joinRanges,
  type PlaceRanges,
  splitAt,
  splitRanges,
} from '../../server/count/place-ranges.ts';

const held = 60;
const somePlaces = fc.uniqueArray(fc.nat({ max: held - 1 }));
/** Incidents at each place, and so how many there are before each. */
const before = fc
  .array(fc.nat({ max: 5 }), { minLength: held, maxLength: held })
  .map((counts) => Uint32Array.from([0, ...counts], (_, place) => counts.slice(0, place).reduce((a, b) => a + b, 0)));

const rangesOf = (places: readonly number[]) => joinRanges(places.map((place) => [place, place + 1]));

function placesIn(ranges: PlaceRanges): number[] {
  return Array.from({ length: held }, (_, place) => place).filter((place) => isInRanges(ranges, place));
}

describe('ranges of places', () => {
  test('hold the places they were made of, and join neighbours', () => {
    fc.assert(
      fc.property(somePlaces, (places) => {
        const ranges = rangesOf(places);
        expect(placesIn(ranges)).toEqual([...places].sort((a, b) => a - b));
        expect([...ranges]).toEqual([...new Set(ranges)].sort((a, b) => a - b));
      }),
    );
  });

  test('are split into parts that hold each place once, and about equally many incidents', () => {
    fc.assert(
      fc.property(somePlaces, before, fc.integer({ min: 1, max: 8 }), (places, incidents, parts) => {
        const ranges = rangesOf(places);
        const split = splitRanges(ranges, incidents, parts);
        expect(split.length).toBeLessThanOrEqual(parts);
        expect(split.flatMap(placesIn)).toEqual(placesIn(ranges));
        const share = incidentsIn(ranges, incidents) / parts;
        // a place is not cut: a part has at most the incidents of one place too many
        for (const part of split) expect(incidentsIn(part, incidents)).toBeLessThan(share + 6);
      }),
    );
  });

  test('are cut at a bound', () => {
    fc.assert(
      fc.property(somePlaces, fc.nat({ max: held }), (places, bound) => {
        const [below, above] = splitAt(rangesOf(places), bound).map(placesIn);
        expect(below).toEqual([...places].filter((place) => place < bound).sort((a, b) => a - b));
        expect(above).toEqual([...places].filter((place) => place >= bound).sort((a, b) => a - b));
      }),
    );
  });
});

test('looking from nearby finds the same position as looking everywhere', () => {
  const rising = fc.array(fc.nat({ max: 30 }), { maxLength: 40 }).map((values) => values.sort((a, b) => a - b));
  fc.assert(
    fc.property(rising, fc.nat({ max: 40 }), fc.nat({ max: 31 }), (values, start, wanted) => {
      const from = Math.min(start, values.length);
      expect(lowerBoundNear(values, from, values.length, wanted)).toBe(lowerBound(values, from, values.length, wanted));
    }),
  );
});
