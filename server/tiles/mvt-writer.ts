const fewBytes = 64;

/**
 * Writes Mapbox Vector Tiles (specification 2.1) straight into bytes: one growing buffer, no objects per feature.
 * Field numbers are those of the specification's protobuf schema.
 */
export class MvtWriter {
  // most hold one feature, and grow no further
  private bytes = new Uint8Array(1 << 8);
  private written = 0;

  /** How many bytes were written so far. */
  get length(): number {
    return this.written;
  }

  /** Appends an unsigned integer below 2^53 as a varint. */
  varint(value: number): void {
    // most numbers take one byte, for which there nearly always is room
    if (value < 0x80 && this.written < this.bytes.length) {
      this.bytes[this.written++] = value;
      return;
    }
    this.reserve(10);
    let rest = value;
    while (rest >= 0x80) {
      // beyond 32 bits `&` and `>>>` lose the high part
      this.bytes[this.written++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.written++] = rest;
  }

  /** Appends a signed 32-bit integer, zigzag coded, as geometry parameters are. */
  signed(value: number): void {
    this.varint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  /** Appends a field's number and that its value is a varint, then the value. */
  varintField(field: number, value: number): void {
    this.varint(field << 3);
    this.varint(value);
  }

  /** Appends a field's number, a length and a text in UTF-8. */
  textField(field: number, text: string): void {
    this.bytesField(field, Buffer.from(text, 'utf8'));
  }

  /** Appends a field's number, a length and bytes: a message, packed numbers or a text. */
  bytesField(field: number, content: Uint8Array): void {
    this.varint((field << 3) | 2);
    this.varint(content.length);
    this.append(content);
  }

  /** Appends bytes as they are: all, or those from one position up to, not including, another. */
  append(content: Uint8Array, from = 0, end = content.length): void {
    this.reserve(end - from);
    // to copy a few bytes by hand takes less time than to ask for it
    if (end - from > fewBytes) this.bytes.set(content.subarray(from, end), this.written);
    else for (let at = from, to = this.written; at < end; at++, to++) this.bytes[to] = content[at]!;
    this.written += end - from;
  }

  /** Appends a field's number and a 64-bit float. */
  doubleField(field: number, value: number): void {
    this.varint((field << 3) | 1);
    this.reserve(8);
    new DataView(this.bytes.buffer, this.written).setFloat64(0, value, true);
    this.written += 8;
  }

  /** Forgets what was written, keeping the buffer for the next message. */
  clear(): void {
    this.written = 0;
  }

  /** What was written so far; valid until the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.written);
  }

  private reserve(more: number): void {
    if (this.written + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.written + more));
    larger.set(this.view());
    this.bytes = larger;
  }
}
