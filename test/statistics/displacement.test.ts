import { expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import {
  type DisplacementCounts,
  weightedDisplacementDifference,
} from '../../server/statistics/weighted-displacement-difference.ts';
import {
  type QuotientCounts,
  weightedDisplacementQuotient,
} from '../../server/statistics/weighted-displacement-quotient.ts';
import { expectClose, expectSameP, readGolden } from './helpers.ts';

type DifferenceCase = { input: DisplacementCounts; Z: number; P: number; low90: number; high90: number } & Record<
  string,
  number
>;
type QuotientCase = { input: QuotientCounts; wdq: number | null } & Record<string, number>;

test.each(readGolden<{ cases: DifferenceCase[] }>('weighted-displacement-difference').cases)(
  'weighted displacement difference of $input',
  (known) => {
    const result = weightedDisplacementDifference(Object.freeze(known.input));
    for (const key of [
      'local',
      'localStandardError',
      'displacement',
      'displacementStandardError',
      'estimate',
      'standardError',
    ] as const)
      expectClose(result[key], known[key]);
    expectClose([result.z, result.low, result.high], [known.Z, known.low90, known.high90]);
    expectSameP(result.p, known.P);
  },
);

test('displacement areas may be left out, and another confidence asked for', () => {
  const counts = { treatedBefore: 20, treatedAfter: 10, controlBefore: 20, controlAfter: 20 };
  const { estimate, standardError, low } = weightedDisplacementDifference(counts, 0.95);
  expect(estimate).toBe(-10);
  expectClose(low, -10 - 1.959963984540054 * standardError);
});

test('nothing before, after or anywhere has no z', () => {
  const zeros = { treatedBefore: 0, treatedAfter: 0, controlBefore: 0, controlAfter: 0 };
  expect(weightedDisplacementDifference(zeros)).toMatchObject({
    estimate: 0,
    standardError: 0,
    z: null,
    p: null,
    low: 0,
  });
  expect(() => weightedDisplacementDifference({ ...zeros, controlAfter: -1 })).toThrow(/controlAfter is -1/);
  expect(() => weightedDisplacementDifference(zeros, 90)).toThrow(InputError);
});

test.each(readGolden<{ cases: QuotientCase[] }>('weighted-displacement-quotient').cases)(
  'weighted displacement quotient of $input',
  (known) => {
    const result = weightedDisplacementQuotient(Object.freeze(known.input));
    for (const key of ['successMeasure', 'bufferMeasure', 'wdq', 'grossEffect', 'netEffect', 'totalNetEffect'] as const)
      expectClose(result[key], known[key]);
  },
);

test('an empty control makes the quotient undefined, not infinite', () => {
  const counts = {
    targetBefore: 9,
    targetAfter: 5,
    bufferBefore: 4,
    bufferAfter: 4,
    controlBefore: 7,
    controlAfter: 0,
  };
  expect(weightedDisplacementQuotient(counts)).toMatchObject({ wdq: null, successMeasure: null, grossEffect: 4 });
  expect(weightedDisplacementQuotient({ ...counts, controlBefore: 0 })).toMatchObject({
    wdq: null,
    totalNetEffect: null,
  });
  expect(() => weightedDisplacementQuotient({ ...counts, targetAfter: 1.5 })).toThrow(InputError);
});
