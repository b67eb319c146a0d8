import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { controlLimits } from '../../server/statistics/control-limits.ts';
import { type EmergingClass, emergingClass, emergingClasses } from '../../server/statistics/emerging-class.ts';
import { classesOf, emergingHotSpots } from '../../server/statistics/emerging-hot-spots.ts';
import { mannKendall } from '../../server/statistics/mann-kendall.ts';
import { poissonAtLeast, poissonAtMost } from '../../server/statistics/poisson-distribution.ts';
import { sameMonthLastYear } from '../../server/statistics/same-month-last-year.ts';
import { expectClose, expectSameP, hexagonDisk, readGolden, townCounts } from './helpers.ts';

describe('Mann-Kendall', () => {
  type Case = { x: number[]; S: number; Var: number; Z: number; P: number };
  test.each(readGolden<{ cases: Case[] }>('mann-kendall').cases)('$x', ({ x, S, Var, Z, P }) => {
    const { s, variance, z, p } = mannKendall(Object.freeze(x));
    expect(s).toBe(S);
    expectClose([variance, z], [Var, Z]);
    expectSameP(p, P);
  });

  test('depends on the order of the values alone, and turns round with them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 40 }), (series) => {
        const trend = mannKendall(series);
        const stretched = mannKendall(series.map((value) => Math.exp(value / 5)));
        expect([stretched.s, stretched.z]).toEqual([trend.s, trend.z]);
        const reversed = mannKendall([...series].reverse());
        expect(reversed.s === -trend.s && reversed.p === trend.p).toBe(true);
        expect(Number.isFinite(trend.z)).toBe(true);
      }),
    );
  });

  test('no values or one have no trend; NaN is refused', () => {
    expect(mannKendall([])).toEqual({ s: 0, variance: 0, z: 0, p: 1 });
    expect(mannKendall([4]).p).toBe(1);
    expect(() => mannKendall([1, Number.NaN])).toThrow(InputError);
  });
});

describe('emerging hot spots', () => {
  type Case = {
    name: string;
    giStarZ: number[];
    significant: boolean[];
    trendS: number;
    trendP: number;
    class: string;
    classWithSignsReversed: string;
  };
  const { cases } = readGolden<{ cases: Case[] }>('emerging-hot-spots');
  const ours = (label: string) =>
    (label === 'no pattern' ? 'none' : label.replace(' spot', '').replace(' ', '-')) as EmergingClass;

  test.each(cases)('$name', (known) => {
    expect(emergingClass(known.giStarZ, known.significant)).toBe(ours(known.class));
    const mirrored = known.giStarZ.map((z) => -z);
    expect(emergingClass(mirrored, known.significant)).toBe(ours(known.classWithSignsReversed));
    expect(mannKendall(known.giStarZ).s).toBe(known.trendS);
    expectSameP(mannKendall(known.giStarZ).p, known.trendP);
  });

  test('all cells at once are classed as each alone', () => {
    const byStep = <T>(lists: T[][]) => (lists[0] as T[]).map((_, step) => lists.map((list) => list[step] as T));
    const classes = classesOf(byStep(cases.map((c) => c.giStarZ)), byStep(cases.map((c) => c.significant)));
    expect(classes).toEqual(cases.map((known) => ours(known.class)));
  });

  test('every history has one class, hot and cold mirror each other unless both hold', () => {
    const step = fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const z = steps.map(([value]) => value);
        const significant = steps.map(([, flag]) => flag);
        const label = emergingClass(z, significant);
        expect(emergingClasses).toContain(label);
        if (!z.some((value, i) => significant[i] && value < 0)) expect(label).not.toMatch(/cold/);
        if (!significant.includes(true)) expect(label).toBe('none');
      }),
    );
  });

  test('a step without variation has no z: it counts as a step, not in the trend', () => {
    const z = [3, 3.1, 3.2, 3.3, null, 3.5, 3.6, 3.7, 3.8, 3.9, 4];
    const significant = z.map((value) => value !== null);
    expect(emergingClass(z, significant)).toBe('intensifying-hot');
    expect(() => emergingClass([null], [true])).toThrow(InputError);
    expect(() => emergingClass([1, 2], [true])).toThrow(InputError);
    expect(emergingClass([], [])).toBe('none');
  });

  test('from counts: a place that fills up in the last step is new, one always full is persistent or better', () => {
    const disk = hexagonDisk(5);
    const steps = Array.from({ length: 12 }, (_, step) =>
      townCounts(91, step + 1).map((count, cell) =>
        cell < 3 ? 90 : cell > 87 && step === 11 ? 90 : Math.min(count, 6),
      ),
    );
    const { classes, z, significant } = emergingHotSpots(steps, disk);
    expect(classes[0]).toMatch(/^(persistent|intensifying|diminishing)-hot$/);
    expect(classes[90]).toBe('new-hot');
    expect([z.length, z[0]?.length, significant.length]).toEqual([12, 91, 12]);
    const strict = emergingHotSpots(steps, disk, { correction: 'bonferroni', alpha: 1e-9 });
    expect(strict.classes.filter((label) => label !== 'none').length).toBeLessThan(
      classes.filter((label) => label !== 'none').length,
    );
    expect(emergingHotSpots([], disk).classes).toEqual([]);
    expect(() => emergingHotSpots(steps, disk, { alpha: 5 })).toThrow(/alpha is 5/);
  });
});

describe('control limits', () => {
  const counts = [12, 9, 11, null, 10, 13, 8, 31, 12, 1, 11, 10];
  const baseline = counts.map((_, month) => month !== 7 && month !== 9);

  test('months beyond exact limits of the baseline are marked, gaps are no zeros', () => {
    const limits = controlLimits(counts, { baseline, alpha: 0.002 });
    expect(limits?.months.map((month) => month.exceptional)).toEqual(
      counts.map((_, month) => (month === 7 ? 'above' : month === 9 ? 'below' : null)),
    );
    expect(limits?.months[3]).toMatchObject({ count: null, exceptional: null });
    expectClose(limits?.months[0]?.expected, 96 / 9);
    expectClose(
      limits?.dispersion,
      [12, 9, 11, 10, 13, 8, 12, 11, 10].reduce((a, x) => a + (x - 96 / 9) ** 2, 0) / (96 / 9) / 8,
    );
  });

  test('longer months expect more', () => {
    const limits = controlLimits([31, 28, 31], { exposures: [31, 28, 31] });
    expectClose(
      limits?.months.map((month) => month.expected),
      [31, 28, 31],
    );
    expectClose(limits?.dispersion, 0);
  });

  test('an unchanged Poisson process is called exceptional no more often than alpha', () => {
    const limits = controlLimits(new Array<number>(24).fill(12), { alpha: 0.05 });
    const { lower, upper } = limits?.months[0] ?? { lower: 0, upper: 0 };
    expect(poissonAtMost(lower - 1, 12)).toBeLessThanOrEqual(0.025);
    expect(poissonAtMost(lower, 12)).toBeGreaterThan(0.025);
    expect(poissonAtLeast(upper + 1, 12)).toBeLessThanOrEqual(0.025);
    expect(poissonAtLeast(upper, 12)).toBeGreaterThan(0.025);
  });

  test('without months to learn from there are no limits; without incidents none but 0', () => {
    expect(controlLimits([null, null])).toBeNull();
    expect(controlLimits([])).toBeNull();
    expect(controlLimits([0, 0])).toMatchObject({ dispersion: null, months: [{ lower: 0, upper: 0 }, {}] });
    expect(controlLimits([4])?.dispersion).toBeNull();
  });

  test('bad input is refused', () => {
    expect(() => controlLimits([1.5])).toThrow(InputError);
    expect(() => controlLimits([1], { exposures: [0] })).toThrow(InputError);
    expect(() => controlLimits([1, 2], { baseline: [true] })).toThrow(InputError);
    expect(() => controlLimits([1, 2], { alpha: 0 })).toThrow(InputError);
  });
});

test('each month meets its namesake of the year before', () => {
  const counts: (number | null)[] = [10, 0, null, 5, 5, 5, 5, 5, 5, 5, 5, 20, 20, 0, 4, null];
  const rows = sameMonthLastYear(counts);
  expect(rows[0]).toEqual({ count: 10, previous: null, change: null, percentChange: null, p: null });
  expect(rows[12]).toMatchObject({ count: 20, previous: 10, change: 10, percentChange: 100 });
  expectSameP(rows[12]?.p, 0.09873714670538894);
  expect(rows[13]).toEqual({ count: 0, previous: 0, change: 0, percentChange: null, p: null });
  expect(rows[14]).toMatchObject({ previous: null, change: null });
  expect(rows[15]).toMatchObject({ count: null, previous: 5, change: null, p: null });
  const leap = sameMonthLastYear(
    [20, ...new Array<number>(11).fill(1), 20],
    [29, ...new Array<number>(11).fill(30), 28],
  );
  expect(leap[12]?.p).toBe(1);
  expect(() => sameMonthLastYear([1, 2], [31])).toThrow(InputError);
});
