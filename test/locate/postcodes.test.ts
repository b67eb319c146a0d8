import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPostcodeFinder, foldPostcode } from '../../server/locate/postcodes.ts';

function packed(rows: readonly { postcode: string; lng: number; lat: number; metres: number }[]): Uint8Array {
  const bytes = Buffer.alloc(rows.length * 27);
  rows.forEach(({ postcode, lng, lat, metres }, row) => {
    bytes.write(postcode.padEnd(7), row * 27, 'latin1');
    bytes.writeDoubleBE(lng, row * 27 + 7);
    bytes.writeDoubleBE(lat, row * 27 + 15);
    bytes.writeInt32BE(metres, row * 27 + 23);
  });
  return bytes;
}

const letter = fc.constantFrom(...'ABCDEFGHJKLPRSTUWY');
const digit = fc.integer({ min: 0, max: 9 }).map(String);
/** Any whole postcode: A9 9AA, AA9A 9AA and what lies between. */
const anyPostcode = fc
  .tuple(
    letter,
    fc.option(letter, { nil: '' }),
    digit,
    fc.option(fc.oneof(letter, digit), { nil: '' }),
    digit,
    letter,
    letter,
  )
  .map((parts) => parts.join(''));

describe('finding postcodes', () => {
  test('finds each of any list, however it is cut, and none that is not in it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyPostcode, { minLength: 1, maxLength: 200 }),
        anyPostcode,
        fc.nat(200),
        (all, other, cut) => {
          const rows = all
            .map((postcode, index) => ({ postcode, lng: index / 100, lat: 50 + index / 100, metres: index }))
            .sort((a, b) => (a.postcode.padEnd(7) < b.postcode.padEnd(7) ? -1 : 1));
          const find = createPostcodeFinder([packed(rows.slice(0, cut)), packed(rows.slice(cut))]);
          for (const { postcode, lng, lat, metres } of rows) {
            expect(find(postcode)).toEqual({ lng, lat, withinMetres: metres });
          }
          expect(find(other) !== null).toBe(all.includes(other));
        },
      ),
    );
  });

  test('takes a postcode as people write it, and nothing that is half of one', () => {
    const find = createPostcodeFinder([packed([{ postcode: 'TS247QR', lng: -1.2, lat: 54.68, metres: 100 }])]);
    for (const text of ['TS24 7QR', ' ts247qr ', 'Ts24  7qR']) expect(find(text)).not.toBeNull();
    for (const text of ['TS24', 'TS24 7', 'TS24 7QR, Hartlepool', '', '7QR']) expect(find(text)).toBeNull();
    expect(createPostcodeFinder([])('TS24 7QR')).toBeNull();
    expect(foldPostcode('w1a 1aa')).toBe('W1A1AA');
  });
});
