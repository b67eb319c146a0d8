import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRank, rankByCount } from '../../client/map/ranking.ts';

const places = fc.array(fc.record({ name: fc.string(), count: fc.nat(9) }));

test('equal counts share a rank, and the next rank leaves room for them', () => {
  const made = [5, 9, 5, 1].map((count, index) => ({ name: String(index), count }));
  expect(rankByCount(made, ({ name }) => name).map(formatRank)).toEqual(['1', '2=', '2=', '4']);
});

test('a rank is one more than the number of higher counts', () => {
  fc.assert(
    fc.property(places, (made) => {
      for (const { count, rank, tied } of rankByCount(made, ({ name }) => name)) {
        expect(rank).toBe(1 + made.filter((other) => other.count > count).length);
        expect(tied).toBe(made.filter((other) => other.count === count).length > 1);
      }
    }),
  );
});
