import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apportion, isWithin, planIncidents } from '../../server/demo/plan-incidents.ts';
import type { Targets } from '../../server/demo/read-demo-data.ts';
import { seededRandom } from '../../server/demo/seeded-random.ts';
import { demoData } from './count-demo.ts';

const everything = { without: [], from: '2018-01-01', to: '2018-12-31', categories: ['asb'], flags: [] };
const small: Targets = {
  slots: [{ from: '2018-01-01', to: '2018-01-31' }],
  strata: [{ category: 'asb.nuisance', flags: [], counts: [10] }],
  flagRules: [{ ...everything, flags: ['youth'], count: 4 }],
  wardRules: [
    { ...everything, flags: ['youth'], wards: { Hart: 1 } },
    { ...everything, wards: { Seaton: 4, Victoria: 2 } },
  ],
};

describe('planning', () => {
  test('follows the rules for flags, then for wards', () => {
    const planned = planIncidents(small, seededRandom(1));
    const wards = planned.map(({ ward, flags }) => `${ward} ${flags}`).sort();
    expect(wards).toEqual([...Array(4).fill('Hart youth'), ...Array(4).fill('Seaton '), ...Array(2).fill('Victoria ')]);
  });

  test('says which rule asks for more than there is', () => {
    const greedy = { ...small, flagRules: [{ ...everything, flags: ['youth'], count: 11 }] };
    expect(() => planIncidents(greedy, seededRandom(1))).toThrow('wants 11 incidents, there are 10');
  });

  test('says when no ward rule holds an incident', () => {
    expect(() => planIncidents({ ...small, wardRules: [] }, seededRandom(1))).toThrow('no ward rule for asb.nuisance');
  });

  test('a category holds itself and what is below it, not what is named alike', () => {
    expect(isWithin('violence.with-injury', 'violence')).toBe(true);
    expect(isWithin('violence', 'violence')).toBe(true);
    expect(isWithin('violence-x.with-injury', 'violence')).toBe(false);
  });
});

describe('the targets', () => {
  test('slots follow one another without gap, each within a month', () => {
    const { slots } = demoData.targets;
    expect(slots[0]?.from).toBe('2017-01-01');
    expect(slots.at(-1)?.to).toBe('2018-12-31');
    slots.slice(1).forEach((slot, index) => {
      const next = new Date(`${slots[index]?.to}T00:00:00Z`);
      next.setUTCDate(next.getUTCDate() + 1);
      expect(slot.from).toBe(next.toISOString().slice(0, 10));
      expect(slot.to.slice(0, 7)).toBe(slot.from.slice(0, 7));
    });
  });

  test('every stratum has a count for every slot, and rules begin and end where slots do', () => {
    const { slots, strata, flagRules, wardRules } = demoData.targets;
    for (const { counts } of strata) expect(counts).toHaveLength(slots.length);
    const starts = new Set(['0000-01-01', ...slots.map(({ from }) => from)]);
    const ends = new Set(['9999-12-31', ...slots.map(({ to }) => to)]);
    for (const { from, to } of [...flagRules, ...wardRules]) {
      expect(starts).toContain(from);
      expect(ends).toContain(to);
    }
  });
});

describe('apportioning', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 });

  test('gives whole shares that add up to the total and lie within one of the exact ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), weights, (total, list) => {
        const sum = list.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const shares = apportion(total, list);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        shares.forEach((share, index) => {
          expect(Math.abs(share - (total * (list[index] as number)) / sum)).toBeLessThan(1);
        });
      }),
    );
  });

  test('gives the weights themselves when they add up to the total', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const sum = list.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        expect(apportion(sum, list)).toEqual(list);
      }),
    );
  });
});
