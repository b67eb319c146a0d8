import { digitValues } from '../hex-digits.ts';

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
  /** 32 hex digits; throws on anything else. */
  uuidField(hex: string): void;
  timestampField(civilTime: string | null): void;
  /** A field of text in parts: what comes between the two is text. */
  beginText(): void;
  text(part: string): void;
  /** A part of the text that is a string of JSON, with its quotation marks. */
  jsonText(value: string): void;
  endText(): void;
  /** Bytes as they are. */
  raw(bytes: Buffer): void;
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
    buffer[at] = value >> 24;
    buffer[at + 1] = value >> 16;
    buffer[at + 2] = value >> 8;
    buffer[at + 3] = value;
    at += 4;
  }

  function int16(value: number): void {
    reserve(2);
    buffer[at] = value >> 8;
    buffer[at + 1] = value;
    at += 2;
  }

  function text(part: string): void {
    // a UTF-16 unit is at most three bytes of UTF-8
    reserve(part.length * 3);
    const end = part.length > longestByHand ? -1 : writePlain(buffer, at, part, isAscii);
    at = end === -1 ? at + buffer.write(part, at, 'utf8') : end;
  }

  function jsonText(value: string): void {
    reserve(value.length * 3 + 2);
    const end = value.length > longestByHand ? -1 : writePlain(buffer, at + 1, value, needsNoEscape);
    if (end === -1) {
      text(JSON.stringify(value));
      return;
    }
    buffer[at] = quote;
    buffer[end] = quote;
    at = end + 1;
  }

  let textAt = 0;
  function beginText(): void {
    reserve(4);
    textAt = at;
    at += 4;
  }

  function endText(): void {
    buffer.writeInt32BE(at - textAt - 4, textAt);
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
    textField(value) {
      if (value === null) return int32(-1);
      beginText();
      text(value);
      endText();
    },
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
    uuidField(hex) {
      int32(uuidBytes);
      reserve(uuidBytes);
      if (!writeHex(buffer, at, hex)) throw new Error(`"${hex}" is not a uuid of 32 hexadecimal digits`);
      at += uuidBytes;
    },
    timestampField(civilTime) {
      if (civilTime === null) return int32(-1);
      const microseconds = microsecondsOf(civilTime);
      int32(8);
      int32(Math.floor(microseconds / twoTo32));
      reserve(4);
      at = buffer.writeUInt32BE(microseconds - Math.floor(microseconds / twoTo32) * twoTo32, at);
    },
    beginText,
    text,
    jsonText,
    endText,
    raw(bytes) {
      reserve(bytes.length);
      at += bytes.copy(buffer, at);
    },
    bytes: () => buffer.subarray(0, at),
    clear() {
      at = 0;
    },
  };
}

/** Up to this length a text is written sooner here than by a call of the engine's own writer. */
const longestByHand = 80;

const quote = 34;
/** Which characters are one byte of UTF-8, and which of those stand for themselves in a string of JSON. */
const isAscii = Uint8Array.from({ length: 2 ** 16 }, (_, code) => (code < 128 ? 1 : 0));
const needsNoEscape = isAscii.map((plain, code) => (code < 32 || code === quote || code === 92 ? 0 : plain));

/** Writes a text of plain characters, which most are, and gives where it ends; -1 when one of them is not plain. */
function writePlain(buffer: Buffer, start: number, text: string, plain: Uint8Array): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (plain[code] === 0) return -1;
    buffer[start + index] = code;
  }
  return start + text.length;
}

const uuidBytes = 16;

/** Writes the bytes of a uuid; whether it was one. */
function writeHex(buffer: Buffer, start: number, hex: string): boolean {
  if (hex.length !== uuidBytes * 2) return false;
  let seen = 0;
  for (let byte = 0; byte < uuidBytes; byte++) {
    const high = digitValues[hex.charCodeAt(byte * 2)]!;
    const low = digitValues[hex.charCodeAt(byte * 2 + 1)]!;
    seen |= high | low;
    buffer[start + byte] = (high << 4) | low;
  }
  return seen < 16;
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
  return binaryArray('uuid', hexes, (writer, hex) => writer.uuidField(hex));
}

function writeArrayHead(writer: BinaryWriter, type: keyof typeof arrayTypes, length: number): void {
  // dimensions; a flag for nulls, which readers do not need; type; length; and the number of the first element
  for (const value of [1, 0, arrayTypes[type], length, 1]) writer.int32(value);
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
