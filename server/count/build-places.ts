import { shared, sharedCopy } from '../shared-array.ts';
import type { Places, Texts } from './columns.ts';

/** Places sorted by cell, and where each of the former ones stands among them. */
export type BuiltPlaces = { readonly places: Places; readonly placeOfFormer: Uint32Array };

type Decoded = {
  ids: number[];
  keys: number[];
  lats: number[];
  lngs: number[];
  locationOf: number[];
  texts: Uint8Array[];
};

/** The key of a place without a point: above those of all cells. */
const noCell = 2 ** 52 - 1;
/** Bytes of a packed place before its words: id, longitude, latitude, cell, length of the words. */
const headBytes = 4 + 8 + 8 + 8 + 2;
const decoder = new TextDecoder();

/** Adds packed places (see `read-places.sql`) to the former ones, none twice. */
export function buildPlaces(chunks: readonly Uint8Array[], former: Places | null): BuiltPlaces {
  const formerCount = former?.ids.length ?? 0;
  const fresh = decodePlaces(chunks, former ? former.locations.start.length - 1 : 0);
  const ids = joined(Int32Array, former?.ids, fresh.ids);
  const keys = joined(Float64Array, former && withoutPointsToo(former, former.keys, noCell), fresh.keys);
  const lats = joined(Float64Array, former && withoutPointsToo(former, former.lats, 0), fresh.lats);
  const lngs = joined(Float64Array, former && withoutPointsToo(former, former.lngs, 0), fresh.lngs);
  const order = Uint32Array.from(ids, (_, place) => place).sort((a, b) => keys[a]! - keys[b]! || ids[a]! - ids[b]!);
  const points = order.subarray(
    0,
    keys.reduce((count, key) => count + Number(key !== noCell), 0),
  );
  const placeOfFormer = new Uint32Array(formerCount + 1);
  order.forEach((at, place) => {
    if (at < formerCount) placeOfFormer[at] = place;
  });
  // what has no place is counted behind the last one
  placeOfFormer[formerCount] = order.length;
  const places = {
    ids: reordered(Int32Array, ids, order),
    keys: reordered(Float64Array, keys, points),
    lats: reordered(Float64Array, lats, points),
    lngs: reordered(Float64Array, lngs, points),
    locationOf: reordered(Uint32Array, joined(Uint32Array, former?.locationOf, fresh.locationOf), order),
    locations: joinTexts(former?.locations, fresh.texts),
  };
  return { places, placeOfFormer };
}

/** Values of the places with a point, followed by `none` for each of those without. */
function withoutPointsToo({ ids }: Places, values: Float64Array, none: number): Float64Array {
  const whole = new Float64Array(ids.length).fill(none, values.length);
  whole.set(values);
  return whole;
}

/** Unpacks places; words that several share are kept once, numbered from `firstText` on. */
function decodePlaces(chunks: readonly Uint8Array[], firstText: number): Decoded {
  const found: Decoded = { ids: [], keys: [], lats: [], lngs: [], locationOf: [], texts: [] };
  const numbers = new Map<string, number>();
  for (const chunk of chunks) {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let at = 0; at < chunk.byteLength; ) {
      found.ids.push(view.getInt32(at));
      found.lngs.push(view.getFloat64(at + 4));
      found.lats.push(view.getFloat64(at + 12));
      // the upper 12 bits of an H3 index say mode and resolution, which all share
      found.keys.push((view.getUint32(at + 20) % 2 ** 20) * 2 ** 32 + view.getUint32(at + 24));
      const length = view.getUint16(at + 28);
      const bytes = chunk.slice(at + headBytes, at + headBytes + length);
      found.locationOf.push(firstText + numberOf(bytes, numbers, found.texts));
      at += headBytes + length;
    }
  }
  return found;
}

function numberOf(bytes: Uint8Array, numbers: Map<string, number>, texts: Uint8Array[]): number {
  const text = decoder.decode(bytes);
  let number = numbers.get(text);
  if (number === undefined) {
    number = texts.push(bytes) - 1;
    numbers.set(text, number);
  }
  return number;
}

type Kind<T> = { new (length: number): T; new (buffer: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number };

function joined<T extends { set(values: ArrayLike<number>, at?: number): void }>(
  kind: Kind<T>,
  first: ArrayLike<number> | null | undefined,
  second: ArrayLike<number>,
): T {
  const whole = new kind((first?.length ?? 0) + second.length);
  if (first) whole.set(first);
  whole.set(second, first?.length ?? 0);
  return whole;
}

function reordered<T extends { [index: number]: number }>(
  kind: Kind<T>,
  values: ArrayLike<number>,
  order: Uint32Array,
): T {
  const sorted = shared(kind, order.length);
  for (let at = 0; at < order.length; at++) sorted[at] = values[order[at]!]!;
  return sorted;
}

function joinTexts(former: Texts | undefined, texts: readonly Uint8Array[]): Texts {
  const starts = [...(former?.start ?? [0])];
  for (const text of texts) starts.push(starts.at(-1)! + text.length);
  const bytes = shared(Uint8Array, starts.at(-1)!);
  if (former) bytes.set(former.bytes);
  texts.forEach((text, index) => {
    bytes.set(text, starts[starts.length - 1 - texts.length + index]);
  });
  return { start: sharedCopy(Uint32Array, starts), bytes };
}
