import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Placed } from '../../server/store/place-numbers.ts';
import { createRememberedPlaces, type RememberedPlaces } from '../../server/store/remembered-places.ts';

const at = (lng: number, lat: number, location = '', more: Partial<Placed> = {}): Placed => ({
  lng,
  lat,
  placedBy: 'coordinates',
  withinMetres: null,
  area: null,
  location,
  ...more,
});
const inArea = (layer: string, name: string, within = '', location = ''): Placed => ({
  lng: null,
  lat: null,
  placedBy: 'area only',
  withinMetres: null,
  area: { layer, name, within },
  location,
});

/** Remembers places in batches and numbers those not known as a database would; how often each had to be asked for. */
function numberAll(
  remembered: RememberedPlaces,
  batches: readonly (readonly Placed[])[],
  keyOf: (p: Placed) => string,
) {
  const known = new Map<string, number>();
  const asked = new Map<string, number>();
  for (const batch of batches) {
    remembered.makeRoom(batch.length);
    const unknown: Placed[] = [];
    const ids = batch.map((place) => {
      const id = remembered.idOf(place);
      if (-id > unknown.length) unknown.push(place);
      return id;
    });
    const found = unknown.map((place) => {
      const key = keyOf(place);
      asked.set(key, (asked.get(key) ?? 0) + 1);
      if (!known.has(key)) known.set(key, known.size + 1);
      return known.get(key) as number;
    });
    remembered.learn(Int32Array.from(found));
    const answers = ids.map((id) => (id < 0 ? found[-id - 1] : id));
    expect(answers).toEqual(batch.map((place) => known.get(keyOf(place))));
  }
  return asked;
}

describe('places remembered while a file is written', () => {
  const word = fc.constantFrom('', 'a', 'b', 'ab', 'Church St', 'x'.repeat(300), '日本', '🔥');
  const degree = fc.constantFrom(-1.2, -1.2000000000000002, 0, 54.6863);
  const place: fc.Arbitrary<Placed> = fc.oneof(
    fc
      .tuple(degree, degree, word, fc.constantFrom('coordinates', 'postcode'), fc.constantFrom(null, 0, 5))
      .map(([lng, lat, location, placedBy, withinMetres]) =>
        at(lng, lat, location, { placedBy: placedBy as Placed['placedBy'], withinMetres }),
      ),
    fc.tuple(word, word, word, word).map((words) => inArea(...words)),
  );

  it('has each answer with its own place, however small the memory and however the rows come', () => {
    const batches = fc.array(fc.array(place, { maxLength: 30 }), { maxLength: 6 });
    fc.assert(
      fc.property(batches, fc.constantFrom(1, 5, 1000), (given, most) => {
        numberAll(createRememberedPlaces(most), given, (one) => JSON.stringify(one));
      }),
    );
  });

  it('asks once for each of a hundred thousand places, and again for all once it has forgotten them', () => {
    const places = Array.from({ length: 100_000 }, (_, n) => at((n % 300) / 1e6, Math.floor(n / 300) / 1e6, 'Street'));
    const batches = Array.from({ length: 20 }, (_, n) => places.slice(n * 5000, (n + 1) * 5000));
    const keyOf = ({ lng, lat }: Placed) => `${lng} ${lat}`;
    const asked = numberAll(createRememberedPlaces(), [...batches, ...batches], keyOf);
    expect([asked.size, Math.max(...asked.values())]).toEqual([100_000, 1]);
    const forgetful = numberAll(createRememberedPlaces(10_000), [...batches, ...batches], keyOf);
    expect(new Set(forgetful.values())).toEqual(new Set([2]));
  });

  it('takes for one what the database takes for one: 0 and -0, and every half of a character', () => {
    const remembered = createRememberedPlaces();
    remembered.makeRoom(10);
    const ids = [
      at(0, 54, 'a'),
      at(-0, 54, 'a'),
      at(1, 54, 'a\ud83d'),
      at(1, 54, 'a\udd25'),
      at(1, 54, 'a\ufffd'),
      at(1, 54, 'a🔥'),
      inArea('ward', 'ab', 'c'),
      inArea('ward', 'a', 'bc'),
    ].map((one) => remembered.idOf(one));
    expect(ids).toEqual([-1, -1, -2, -2, -2, -3, -4, -5]);
  });
});
