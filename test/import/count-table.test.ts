import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCountTable } from '../../server/import/count-table.ts';

test('it counts as a Map does, however full it gets', () => {
  const key = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 50 }));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const table = createCountTable(4);
      const map = new Map<number, number>();
      for (const each of keys) {
        map.set(each, (map.get(each) ?? 0) + 1);
        expect(table.add(each)).toBe(map.get(each));
      }
      expect(table.size()).toBe(map.size);
    }),
  );
});
