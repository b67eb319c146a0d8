import type { Position } from '../model.ts';

/** Where something was found, and how far the true place may lie from it. */
export type Found = Position & { readonly withinMetres: number };

/** Finds postcodes; null for one that is not known or no postcode. */
export type PostcodeFinder = (text: string) => Found | null;

const textBytes = 7;
const packedBytes = textBytes + 8 + 8 + 4;
const form = /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/;

/** A postcode as it is stored: capitals, no space; null for what has not the form of a whole one. */
export function foldPostcode(text: string): string | null {
  const folded = text.replaceAll(/\s+/g, '').toUpperCase();
  return form.test(folded) ? folded : null;
}

/**
 * Makes a finder out of packed postcodes in the order of their bytes: each seven bytes of text, longitude, latitude and
 * metres. It keeps 28 bytes a postcode, 48 MB for all of Great Britain.
 */
export function createPostcodeFinder(chunks: readonly Uint8Array[]): PostcodeFinder {
  const count = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0) / packedBytes;
  const keys = new Float64Array(count);
  const lngs = new Float64Array(count);
  const lats = new Float64Array(count);
  const metres = new Int32Array(count);
  let row = 0;
  for (const chunk of chunks) {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let at = 0; at < chunk.byteLength; at += packedBytes, row++) {
      keys[row] = keyOf((index) => view.getUint8(at + index));
      lngs[row] = view.getFloat64(at + textBytes);
      lats[row] = view.getFloat64(at + textBytes + 8);
      metres[row] = view.getInt32(at + textBytes + 16);
    }
  }
  return (text) => {
    const folded = foldPostcode(text);
    if (folded === null) return null;
    const padded = folded.padEnd(textBytes);
    const found = find(
      keys,
      keyOf((index) => padded.charCodeAt(index)),
    );
    return found === -1 ? null : { lat: lats[found]!, lng: lngs[found]!, withinMetres: metres[found]! };
  };
}

/** Seven bytes as one number that sorts as they do: spaces, then digits, then capitals. */
function keyOf(byteAt: (index: number) => number): number {
  let key = 0;
  for (let index = 0; index < textBytes; index++) key = key * 64 + (byteAt(index) - 32);
  return key;
}

function find(keys: Float64Array, key: number): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (keys[middle]! === key) return middle;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
