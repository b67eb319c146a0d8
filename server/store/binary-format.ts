/** Room for values in PostgreSQL's binary format; it grows as they are written. */
export type BinaryWriter = {
  int16(value: number): void;
  int32(value: number): void;
  /** A field of a row: its length goes before it, and -1 stands for null. */
  smallintField(value: number): void;
  intField(value: number | null): void;
  textField(value: string | null): void;
  uuidField(hex: string): void;
  timestampField(civilTime: string | null): void;
  jsonbField(text: string | null): void;
  raw(bytes: Uint8Array): void;
  /** What was written; it is overwritten by what comes after `clear`. */
  bytes(): Buffer;
  /** Begins anew in the same memory. */
  clear(): void;
};

/** PostgreSQL counts from here. */
const millisecondsTo2000 = Date.UTC(2000, 0, 1);
const twoTo32 = 2 ** 32;

/** Makes an empty writer. */
export function createBinaryWriter(initialBytes = 1 << 16): BinaryWriter {
  let buffer = Buffer.allocUnsafe(initialBytes);
  let at = 0;
  const microsecondsOf = rememberLast(microsecondsSince2000);

  function reserve(bytes: number): void {
    if (at + bytes <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + bytes));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  }

  function int32(value: number): void {
    reserve(4);
    at = buffer.writeInt32BE(value, at);
  }

  function int16(value: number): void {
    reserve(2);
    at = buffer.writeInt16BE(value, at);
  }

  /** A field of text, after a byte for the version of its format if it has one. */
  function text(value: string, version: number | null): void {
    // a UTF-16 unit is at most three bytes of UTF-8
    reserve(value.length * 3 + 5);
    const lengthAt = at;
    at += 4;
    if (version !== null) at = buffer.writeUInt8(version, at);
    at += buffer.write(value, at, 'utf8');
    buffer.writeInt32BE(at - lengthAt - 4, lengthAt);
  }

  return {
    int16,
    int32,
    smallintField(value) {
      int32(2);
      int16(value);
    },
    intField(value) {
      int32(value === null ? -1 : 4);
      if (value !== null) int32(value);
    },
    textField: (value) => (value === null ? int32(-1) : text(value, null)),
    uuidField(hex) {
      int32(16);
      reserve(16);
      if (hex.length !== 32) throw notUuid(hex);
      // a loop is several times faster than a call of `write` for so few bytes
      for (let digit = 0; digit < 32; digit += 2) {
        buffer[at++] = hexDigit(hex, digit) * 16 + hexDigit(hex, digit + 1);
      }
    },
    timestampField(civilTime) {
      if (civilTime === null) return int32(-1);
      const microseconds = microsecondsOf(civilTime);
      int32(8);
      int32(Math.floor(microseconds / twoTo32));
      reserve(4);
      at = buffer.writeUInt32BE(microseconds - Math.floor(microseconds / twoTo32) * twoTo32, at);
    },
    // the format of a jsonb begins with its version, 1
    jsonbField: (value) => (value === null ? int32(-1) : text(value, 1)),
    raw(bytes) {
      reserve(bytes.length);
      buffer.set(bytes, at);
      at += bytes.length;
    },
    bytes: () => buffer.subarray(0, at),
    clear() {
      at = 0;
    },
  };
}

/** A one-dimensional `uuid[]` in binary, which `pg` sends as it is. */
export function uuidArray(hexes: readonly string[]): Buffer {
  const writer = createBinaryWriter(20 + hexes.length * 20);
  const uuidType = 2950;
  // dimensions, no nulls, type, length, and the number of the first element
  for (const value of [1, 0, uuidType, hexes.length, 1]) writer.int32(value);
  for (const hex of hexes) writer.uuidField(hex);
  return writer.bytes();
}

function hexDigit(hex: string, index: number): number {
  const code = hex.charCodeAt(index);
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  if (code >= 65 && code <= 70) return code - 55;
  throw notUuid(hex);
}

function notUuid(text: string): Error {
  return new Error(`"${text}" is not a uuid of 32 hexadecimal digits`);
}

function microsecondsSince2000(civilTime: string): number {
  const milliseconds = Date.parse(`${civilTime}Z`);
  if (Number.isNaN(milliseconds)) throw new Error(`"${civilTime}" is not a time`);
  return (milliseconds - millisecondsTo2000) * 1000;
}

/** Rows of a month follow one another: the last answer often fits again. */
function rememberLast(read: (text: string) => number): (text: string) => number {
  let last = '';
  let answer = 0;
  return (text) => {
    if (text === last) return answer;
    answer = read(text);
    last = text;
    return answer;
  };
}
