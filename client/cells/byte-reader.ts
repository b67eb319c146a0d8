/** Reads whole numbers of seven bits a byte, lowest first (LEB128), from bytes, one after the other. */
export type ByteReader = {
  /** Whether there is more before `end`. */
  before(end: number): boolean;
  /** A number up to 2^53, exactly: shifts would end at 32 bits. */
  varint(): number;
  /** Leaves bytes out. */
  skip(bytes: number): void;
  at(): number;
};

/** A reader that begins at an offset; it throws where the bytes end too soon. */
export function byteReader(bytes: Uint8Array, offset = 0): ByteReader {
  let at = offset;
  return {
    before: (end) => at < end,
    varint() {
      if (at >= bytes.length) throw endedTooSoon();
      let byte = bytes[at++] as number;
      // Most numbers take one byte.
      if (byte < 128) return byte;
      let value = byte & 127;
      for (let place = 128; byte >= 128; place *= 128) {
        if (at >= bytes.length) throw endedTooSoon();
        byte = bytes[at++] as number;
        value += (byte & 127) * place;
      }
      return value;
    },
    skip(count) {
      at += count;
    },
    at: () => at,
  };
}

function endedTooSoon(): RangeError {
  return new RangeError('The bytes end in the middle of a number');
}
