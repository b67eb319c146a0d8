/** Room for values in PostgreSQL's binary format; it grows as they are written. */
export type BinaryWriter = {
  int16(value: number): void;
  int32(value: number): void;
  /** A field of a row: its length goes before it, and -1 stands for null. */
  smallintField(value: number): void;
  intField(value: number | null): void;
  textField(value: string | null): void;
  doubleField(value: number | null): void;
  bigintField(decimal: string): void;
  timestampField(civilTime: string | null): void;
  jsonbField(text: string | null): void;
  /** Bytes as they are, from `start` to before `end`. */
  raw(bytes: Buffer, start?: number, end?: number): void;
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
    doubleField(value) {
      if (value === null) return int32(-1);
      int32(8);
      reserve(8);
      at = buffer.writeDoubleBE(value, at);
    },
    bigintField(decimal) {
      int32(8);
      reserve(8);
      at = buffer.writeBigInt64BE(BigInt(decimal), at);
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
    raw(bytes, start = 0, end = bytes.length) {
      reserve(end - start);
      at += bytes.copy(buffer, at, start, end);
    },
    bytes: () => buffer.subarray(0, at),
    clear() {
      at = 0;
    },
  };
}

/** Bytes of a uuid as a field of a row, its length included. */
export const uuidFieldBytes = 20;

/** Uuids of 32 hex digits as fields of a row, one after another. To read them all at once takes a third of the time. */
export function uuidFields(hexes: readonly string[]): Buffer {
  const length = '00000010';
  const fields = Buffer.from(hexes.length === 0 ? '' : length + hexes.join(length), 'hex');
  // what is no digit ends the bytes early
  if (fields.length !== hexes.length * uuidFieldBytes || hexes.some((hex) => hex.length !== 32)) throw notUuid(hexes);
  return fields;
}

/** Element types of arrays, by the number PostgreSQL has for each. */
const arrayTypes = { bigint: 20, int: 23, text: 25, double: 701, uuid: 2950 } as const;

/** A one-dimensional array in binary, which `pg` sends as it is; `write` writes an element as a field of a row. */
export function binaryArray<T>(
  type: keyof typeof arrayTypes,
  elements: readonly T[],
  write: (writer: BinaryWriter, element: T) => void,
): Buffer {
  const writer = createBinaryWriter(20 + elements.length * 24);
  writeArrayHead(writer, type, elements.length);
  for (const element of elements) write(writer, element);
  return writer.bytes();
}

/** A one-dimensional `uuid[]` in binary, of texts of 32 hex digits. */
export function uuidArray(hexes: readonly string[]): Buffer {
  const fields = uuidFields(hexes);
  const writer = createBinaryWriter(20 + fields.length);
  writeArrayHead(writer, 'uuid', hexes.length);
  writer.raw(fields);
  return writer.bytes();
}

function writeArrayHead(writer: BinaryWriter, type: keyof typeof arrayTypes, length: number): void {
  // dimensions; a flag for nulls, which readers do not need; type; length; and the number of the first element
  for (const value of [1, 0, arrayTypes[type], length, 1]) writer.int32(value);
}

function notUuid(hexes: readonly string[]): Error {
  const wrong = hexes.find((hex) => !/^[0-9a-f]{32}$/i.test(hex));
  return new Error(`"${wrong}" is not a uuid of 32 hexadecimal digits`);
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
