import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributesText, writeAttributes } from '../../server/store/attributes-text.ts';
import { binaryArray, createBinaryWriter, uuidArray } from '../../server/store/binary-format.ts';

const written = (write: (writer: ReturnType<typeof createBinaryWriter>) => void) => {
  const writer = createBinaryWriter(1);
  write(writer);
  return writer.bytes();
};

describe('values in the binary format of PostgreSQL', () => {
  it.each(['1970-01-01T00:00:00', '1999-12-31T23:59:59', '2000-01-01T00:00:00', '2024-02-29T12:34:56'])(
    'counts the microseconds from 2000 to %s',
    (time) => {
      const bytes = written((writer) => writer.timestampField(time));
      expect(bytes.readInt32BE(0)).toBe(8);
      const milliseconds = Number(bytes.readBigInt64BE(4) / 1000n) + Date.UTC(2000, 0, 1);
      expect(new Date(milliseconds).toISOString()).toBe(`${time}.000Z`);
    },
  );

  it('puts the length in bytes before a text, however long, also of one in parts', () => {
    for (const text of ['', 'month', 'Caffè 日本 🔥', 'é'.repeat(100_000)]) {
      const length = Buffer.byteLength(text);
      const plain = written((writer) => writer.textField(text));
      expect([plain.readInt32BE(0), plain.toString('utf8', 4)]).toEqual([length, text]);
      const parts = written((writer) => {
        writer.beginText();
        for (const part of ['<', text, '>']) writer.text(part);
        writer.endText();
      });
      expect([parts.readInt32BE(0), parts.toString('utf8', 4)]).toEqual([length + 2, `<${text}>`]);
    }
  });

  it('writes -1 for what is null, and nothing of what was there before it was cleared', () => {
    const bytes = written((writer) => {
      writer.textField('before');
      writer.clear();
      writer.textField(null);
      writer.intField(null);
      writer.timestampField(null);
    });
    expect(bytes.toString('hex')).toBe('ffffffff'.repeat(3));
  });

  it('writes attributes as the JSON that they are for everybody else, and nothing as null', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => (value.length % 7 === 3 ? value.repeat(20) : value));
    fc.assert(
      fc.property(fc.dictionary(text, text), (attributes) => {
        const bytes = written((writer) => writeAttributes(attributes, writer));
        const json = attributesText(attributes);
        expect(bytes.readInt32BE(0)).toBe(json === null ? -1 : Buffer.byteLength(json));
        expect(bytes.toString('utf8', 4)).toBe(json ?? '');
      }),
    );
    const awkward = { 'a "name"': 'back\\slash', tab: '\t', half: 'x\ud83d', long: 'é"'.repeat(100) };
    const bytes = written((writer) => writeAttributes(awkward, writer));
    expect(bytes.toString('utf8', 4)).toBe(JSON.stringify(awkward));
  });

  it('writes uuids as sixteen bytes each, and refuses what is none', () => {
    const hex = '00ff1289abcdefABCDEF012345678901';
    expect(uuidArray([hex, hex]).toString('hex').slice(40)).toBe(`00000010${hex.toLowerCase()}`.repeat(2));
    expect(uuidArray([]).readInt32BE(12)).toBe(0);
    for (const wrong of ['', 'not a uuid', `${hex}0`, hex.slice(1), hex.replace('1', 'g'), hex.replace('1', 'é')]) {
      expect(() => uuidArray([hex, wrong])).toThrow(`"${wrong}" is not a uuid`);
    }
  });

  it('writes the elements of an array after its head, with nothing for a null', () => {
    const doubles = binaryArray('double', [0.1, -54.5], (writer, value) => writer.doubleField(value));
    expect([0, 4, 8, 12, 16].map((at) => doubles.readInt32BE(at))).toEqual([1, 0, 701, 2, 1]);
    expect([doubles.readInt32BE(20), doubles.readDoubleBE(24), doubles.readDoubleBE(36)]).toEqual([8, 0.1, -54.5]);
    const cells = binaryArray('bigint', ['631249494499041279'], (writer, value) => writer.bigintField(value));
    expect([cells.readInt32BE(20), cells.readBigInt64BE(24)]).toEqual([8, 631249494499041279n]);
    const nulls = binaryArray('double', [null], (writer, value) => writer.doubleField(value));
    expect(nulls.subarray(20).toString('hex')).toBe('ffffffff');
  });

  it('refuses a time that is none', () => {
    expect(() => written((writer) => writer.timestampField('2024-13-01T00:00:00'))).toThrow('is not a time');
  });
});
