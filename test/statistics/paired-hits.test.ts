import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitRateCurve } from '../../server/statistics/hit-rate-curve.ts';
import { pairedHits, pairedHitsP } from '../../server/statistics/paired-hits.ts';

const cells = (values: fc.Arbitrary<number>) => fc.array(values, { minLength: 8, maxLength: 8 });

describe('pairedHits', () => {
  it('counts what one ranking caught and the other did not', () => {
    // the first takes cells 0 and 1, the second cells 1 and 2
    expect(pairedHits([9, 8, 1, 0], [0, 8, 9, 1], [5, 3, 2, 1], 2)).toEqual({ onlyFirst: 5, onlySecond: 2 });
  });

  it('takes an equal part of cells tied at the limit', () => {
    // the second has no preference: half of each cell
    expect(pairedHits([1, 0], [0, 0], [4, 2], 1)).toEqual({ onlyFirst: 2, onlySecond: 1 });
  });

  it('differs as the hits of the two differ, ties included', () => {
    const scores = cells(fc.integer({ min: 0, max: 3 }));
    const counts = cells(fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(scores, scores, counts, fc.integer({ min: 1, max: 8 }), (first, second, observed, top) => {
        const { onlyFirst, onlySecond } = pairedHits(first, second, observed, top);
        const hits = (ranking: readonly number[]) => hitRateCurve(ranking, observed).hits[top - 1]!;
        expect(onlyFirst - onlySecond).toBeCloseTo(hits(first) - hits(second), 9);
      }),
    );
  });

  it('refuses lists of unequal length', () => {
    expect(() => pairedHits([1, 2], [1], [1, 2], 1)).toThrow(/one for each cell/);
  });
});

describe('pairedHitsP', () => {
  it('is McNemar’s p without correction', () => {
    // z = (25 - 11) / 6 = 2.3333; 2 (1 - Phi(2.3333)) = 0.0196
    expect(pairedHitsP({ onlyFirst: 25, onlySecond: 11 })).toBeCloseTo(0.01963, 5);
  });

  it('is null when both caught the same', () => {
    expect(pairedHitsP({ onlyFirst: 0, onlySecond: 0 })).toBeNull();
  });
});
