import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { aoristicProfile, aoristicWeights } from '../../server/statistics/aoristic-weights.ts';
import { civilMinutes } from '../../server/statistics/civil-minutes.ts';
import { expectClose, readGolden } from './helpers.ts';

type Case = { name: string; start: string; end: string | null; rejected: boolean; bins?: number[]; weights?: number[] };
const { cases } = readGolden<{ cases: Case[] }>('aoristic');
const spanOf = ({ start, end }: Case) => ({ from: civilMinutes(start), to: end === null ? null : civilMinutes(end) });

test.each(cases)('$name', (known) => {
  if (known.rejected) {
    expect(() => aoristicWeights(spanOf(known))).toThrow(/ends 65 minutes before it starts/);
    return;
  }
  const { bins, weights } = aoristicWeights(spanOf(known));
  expect(bins).toEqual(known.bins);
  expectClose(weights, known.weights);
});

const span = fc.tuple(fc.integer({ min: -1e6, max: 4e7 }), fc.integer({ min: 0, max: 12_000 }));

test('the weights of an incident add up to 1, and each minute weighs the same', () => {
  fc.assert(
    fc.property(span, ([from, minutes]) => {
      const { bins, weights } = aoristicWeights({ from, to: from + minutes });
      expectClose(
        weights.reduce((a, b) => a + b, 0),
        1,
      );
      if (minutes === 0 || minutes >= 10_080) return;
      const plain = new Float64Array(168);
      for (let at = from; at < from + minutes; at++) {
        const hour = Math.floor((((at % 10_080) + 10_080) % 10_080) / 60);
        plain[hour] = (plain[hour] as number) + 1 / minutes;
      }
      expectClose(
        weights,
        bins.map((bin) => plain[bin]),
      );
    }),
  );
});

test('a profile is the sum of its incidents, each by its weight', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
      const profile = aoristicProfile(spans.map(([from, minutes]) => ({ from, to: from + minutes, weight: 2.5 })));
      expect(profile.length).toBe(168);
      expectClose(
        profile.reduce((a, b) => a + b, 0),
        2.5 * spans.length,
        1e-9,
      );
    }),
  );
});

test('civil times are read as written, in both spellings', () => {
  expect(civilMinutes('1970-01-05T00:00')).toBe(0);
  expect(civilMinutes('2024-05-20T00:00') % 10_080).toBe(0); // a Monday
  expect(civilMinutes('2024-05-14 10:05:59')).toBe(civilMinutes('2024-05-14T10:05'));
  expect(civilMinutes('2024-03-31T02:30') - civilMinutes('2024-03-31T00:30')).toBe(120); // over the clock change
  for (const text of [
    '2024-02-30T10:00',
    '2024-05-14T24:00',
    '2024-05-14T10:60',
    '2024-05-14',
    'yesterday',
    '2024-05-14T10:05Z',
  ])
    expect(() => civilMinutes(text)).toThrow(InputError);
});

test('times that are no whole minutes and weights of nothing are refused', () => {
  expect(() => aoristicWeights({ from: 0.5, to: null })).toThrow(InputError);
  expect(() => aoristicWeights({ from: 0, to: Number.NaN })).toThrow(InputError);
  expect(() => aoristicProfile([{ from: 0, to: null, weight: 0 }])).toThrow(InputError);
});
