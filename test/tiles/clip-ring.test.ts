import { area, bboxPolygon, intersect } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipRing } from '../../server/tiles/clip-ring.ts';

const box = { min: -1000, max: 3000 };

/** A convex ring: corners at rising angles on an ellipse. */
const convexRing = fc
  .record({
    angles: fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 3, maxLength: 10 }),
    x: fc.integer({ min: -4000, max: 6000 }),
    y: fc.integer({ min: -4000, max: 6000 }),
    width: fc.integer({ min: 50, max: 9000 }),
    height: fc.integer({ min: 50, max: 9000 }),
  })
  .map(({ angles, x, y, width, height }) =>
    angles
      .sort((a, b) => a - b)
      .flatMap((angle) => [
        Math.round(x + width * Math.cos((angle * Math.PI) / 180)),
        Math.round(y + height * Math.sin((angle * Math.PI) / 180)),
      ]),
  );

const pairs = (ring: readonly number[]) =>
  Array.from({ length: ring.length / 2 }, (_, at) => [ring[at * 2]!, ring[at * 2 + 1]!] as const);

function ringArea(ring: readonly number[]): number {
  const points = pairs(ring);
  const twice = points.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

describe('cutting a ring to a box', () => {
  it('leaves a ring inside as it is', () => {
    expect(clipRing([0, 0, 100, 0, 100, 100], box)).toEqual([0, 0, 100, 0, 100, 100]);
  });

  it('leaves nothing of a ring outside', () => {
    expect(clipRing([4000, 0, 5000, 0, 5000, 100], box)).toEqual([]);
  });

  it('makes the box of a ring around it', () => {
    const corners = pairs(clipRing([-9000, -9000, 9000, -9000, 9000, 9000, -9000, 9000], box));
    expect(new Set(corners.map(String))).toEqual(new Set(['-1000,-1000', '3000,-1000', '3000,3000', '-1000,3000']));
  });

  it('keeps every point within the box, in whole units', () =>
    fc.assert(
      fc.property(convexRing, (ring) => {
        for (const value of clipRing(ring, box)) {
          expect(Number.isInteger(value) && value >= box.min && value <= box.max).toBe(true);
        }
      }),
      { numRuns: 500 },
    ));

  it('keeps as much area as the ring and the box have in common', () =>
    fc.assert(
      fc.property(convexRing, (ring) => {
        fc.pre(ringArea(ring) > 1000);
        // turf measures on a sphere: near its equator, a small square's parts are as good as flat
        const scale = 1e-6;
        const [least, most] = [box.min * scale, box.max * scale];
        const closed = [...pairs(ring), pairs(ring)[0]!].map(([x, y]) => [x * scale, y * scale]);
        const common = intersect({
          type: 'FeatureCollection',
          features: [
            { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [closed] } },
            bboxPolygon([least, least, most, most]),
          ],
        });
        const unit = area(bboxPolygon([0, 0, 1000 * scale, 1000 * scale])) / 1e6;
        const expected = common ? area(common) / unit : 0;
        // crossings are rounded to whole units: half a unit along a perimeter of at most 16,000
        expect(Math.abs(ringArea(clipRing(ring, box)) - expected)).toBeLessThan(8000 + expected * 1e-4);
      }),
      { numRuns: 200 },
    ));
});
