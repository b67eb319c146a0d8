import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { defaultBandwidth } from '../../server/statistics/default-bandwidth.ts';
import { quarticDensity } from '../../server/statistics/quartic-density.ts';
import { expectClose, readGolden } from './helpers.ts';

const golden = readGolden<{
  bandwidthMetres: number;
  points: [number, number][];
  weights: number[];
  locations: [number, number][];
  densityPerSquareKilometre: number[];
}>('quartic-density');
const planar = (pairs: readonly (readonly number[])[]) => ({
  x: pairs.map(([x]) => x as number),
  y: pairs.map(([, y]) => y as number),
});
const place = fc.tuple(fc.integer({ min: 449_000, max: 451_000 }), fc.integer({ min: 531_000, max: 533_000 }));

test('has the reference density at every location', () => {
  const points = { ...planar(golden.points), weights: golden.weights };
  expectClose(
    quarticDensity(points, planar(golden.locations), golden.bandwidthMetres),
    golden.densityPerSquareKilometre,
  );
});

test('the grid of squares changes nothing: it is the plain sum over all points', () => {
  fc.assert(
    fc.property(
      fc.array(place, { maxLength: 30 }),
      fc.array(place, { maxLength: 8 }),
      fc.constantFrom(40, 300, 5_000),
      (points, at, h) => {
        const plain = at.map(([x, y]) =>
          points.reduce((sum, [px, py]) => {
            const rest = 1 - ((px - x) ** 2 + (py - y) ** 2) / h ** 2;
            return sum + (rest > 0 ? ((3 * rest ** 2) / (Math.PI * h ** 2)) * 1e6 : 0);
          }, 0),
        );
        expectClose(quarticDensity(planar(points), planar(at), h), plain, 1e-9, 1e-9);
      },
    ),
  );
});

test('the surface integrates to the number of incidents', () => {
  const points = { ...planar(golden.points), weights: golden.weights };
  const step = 5;
  const locations: [number, number][] = [];
  for (let x = 449_600; x <= 450_600; x += step) for (let y = 531_600; y <= 532_500; y += step) locations.push([x, y]);
  const total = quarticDensity(points, planar(locations), 250).reduce((sum, value) => sum + value, 0);
  expectClose((total * step * step) / 1e6, 9, 1e-4);
});

test('moving everything together, or counting twice, changes nothing but the scale', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), (points) => {
      const here = quarticDensity(planar(points), planar(points), 400);
      const moved = points.map(([x, y]) => [x + 10_000, y - 5_000]);
      expectClose(quarticDensity(planar(moved), planar(moved), 400), here);
      const twice = { ...planar(points), weights: points.map(() => 2) };
      expectClose(
        quarticDensity(twice, planar(points), 400),
        here.map((value) => 2 * value),
      );
    }),
  );
});

test('far from everything it is 0; a stray point a thousand kilometres off costs nothing', () => {
  const points = planar([...golden.points, [1_450_000, 1_532_000]]);
  expect([...quarticDensity(points, planar([[700_000, 700_000]]), 20)]).toEqual([0]);
  expectClose(quarticDensity(points, planar([[1_450_000, 1_532_000]]), 1_000), [3 / Math.PI]);
  expect([...quarticDensity(planar([]), planar([[0, 0]]), 100)]).toEqual([0]);
});

test('bad input is refused, inputs are left alone', () => {
  expect(() => quarticDensity(planar([[0, Number.NaN]]), planar([]), 100)).toThrow(InputError);
  expect(() => quarticDensity(planar([]), planar([]), 0)).toThrow(/bandwidthMetres is 0/);
  expect(() => quarticDensity({ x: [1], y: [1, 2] }, planar([]), 1)).toThrow(InputError);
  expect(() => quarticDensity({ x: [1], y: [1], weights: [-1] }, planar([]), 1)).toThrow(/negative/);
  const frozen = Object.freeze([5, 5]);
  expect(() => quarticDensity({ x: frozen, y: frozen }, { x: frozen, y: frozen }, 1)).not.toThrow();
});

test('the default bandwidth is twice the spacing of the cells', () => {
  expect(defaultBandwidth(91_000)).toBe(650); // resolution 9 in Hartlepool: centres 324 m apart
  expect(defaultBandwidth(636_900)).toBe(1720);
  expect(() => defaultBandwidth(0)).toThrow(InputError);
});
