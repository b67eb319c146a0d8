import { type ByteReader, byteReader } from './byte-reader.ts';

/** The fields of a vector tile (specification 2.1) that lead to the ids of its features. */
const fields = { layer: 3, feature: 2, id: 1 } as const;
/** How the bytes of a field are laid out (Protocol Buffers). */
const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

/** The ids of all features of a vector tile, without reading their shapes. */
export function tileIds(bytes: Uint8Array): Float64Array {
  const ids: number[] = [];
  const reader = byteReader(bytes);
  within(reader, bytes.length, fields.layer, (endOfLayer) => {
    within(reader, endOfLayer, fields.feature, (endOfFeature) => {
      while (reader.before(endOfFeature)) {
        const key = reader.varint();
        if (key >> 3 !== fields.id) skipField(reader, key & 7);
        else ids.push(reader.varint());
      }
    });
  });
  return Float64Array.from(ids);
}

/** Calls back at the start of every message in a field, with its end, and leaves the other fields out. */
function within(reader: ByteReader, end: number, field: number, read: (end: number) => void): void {
  while (reader.before(end)) {
    const key = reader.varint();
    if (key >> 3 !== field || (key & 7) !== wireTypes.lengthDelimited) {
      skipField(reader, key & 7);
      continue;
    }
    const length = reader.varint();
    read(reader.at() + length);
  }
}

function skipField(reader: ByteReader, wireType: number): void {
  if (wireType === wireTypes.varint) reader.varint();
  else if (wireType === wireTypes.lengthDelimited) reader.skip(reader.varint());
  else if (wireType === wireTypes.fixed64) reader.skip(8);
  else if (wireType === wireTypes.fixed32) reader.skip(4);
  else throw new TypeError(`A vector tile has no fields of wire type ${wireType}`);
}
