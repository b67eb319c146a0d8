import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rankCells } from '../../client/cells/cell-ranking.ts';
import { countedCells } from '../../client/cells/cell-values.ts';
import { rankByCount } from '../../client/map/ranking.ts';

const totals = { total: 0, located: 0, version: 1 };

it('ranks hexagons as a list of them would be ranked', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 60 }), (counts) => {
      const ids = Float64Array.from(counts, (_, index) => 0x94b0d0a00000 + index * 2 ** 18);
      const values = countedCells({ resolution: 9, ids, counts: Float64Array.from(counts), previous: null }, totals);
      const listed = counts.map((_, index) => values.cellAt(index)).filter(({ count }) => count > 0);
      const expected = rankByCount(listed, ({ cell }) => cell);
      const ranking = rankCells(values);
      expect(ranking.size).toBe(expected.length);
      expect(Array.from({ length: ranking.size }, (_, position) => ranking.at(position))).toEqual(expected);
      for (const cell of expected) expect(ranking.find(cell.cell)).toEqual(cell);
      for (let index = 0; index < counts.length; index++)
        if (counts[index] === 0) expect(ranking.find(values.cellAt(index).cell)).toBeNull();
    }),
  );
});

it('ranks nothing where there is nothing', () => {
  expect(rankCells(null).size).toBe(0);
  expect(rankCells(null).find('89194b0d0a3ffff')).toBeNull();
});
