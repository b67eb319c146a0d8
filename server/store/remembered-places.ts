import type { Placed } from './place-numbers.ts';

/** Ids of places, by what tells places apart. */
export type RememberedPlaces = {
  /** Makes room for so many places more; where there is none, all are forgotten. */
  makeRoom(places: number): void;
  /** The id of a place; of one not known -1, of the next -2 and so on, until their ids are learnt. */
  idOf(place: Placed): number;
  /** The ids of those that were not known, in the order they were met. */
  learn(ids: Int32Array): void;
};

/** As many as the police forces of England and Wales have in some years; 32 MB. */
const mostPlaces = 1_500_000;
const fewestSeats = 2 ** 12;
const mostTaken = 0.75;

/**
 * Makes an empty memory of places: a table of open addressing with 16 bytes a seat. What tells a place from others is
 * hashed to 96 bits and not kept: two of 1.5 million places share them once in 10^16 files.
 */
export function createRememberedPlaces(most = mostPlaces): RememberedPlaces {
  let seats = createSeats(fewestSeats);
  let taken = 0;
  let unknown: number[] = [];
  const description = createDescription();
  const marks = new Int32Array(3);

  function makeRoom(places: number): void {
    if (taken + places > Math.max(most, places)) {
      seats.ids.fill(0);
      taken = 0;
    }
    if (taken + places <= seats.ids.length * mostTaken) return;
    const [former, needed] = [seats, (taken + places) / mostTaken];
    seats = createSeats(2 ** Math.ceil(Math.log2(needed)));
    former.ids.forEach((id, seat) => {
      if (id === 0) return;
      const place = former.marks.subarray(seat * 3, seat * 3 + 3);
      const next = seatOf(seats, place);
      seats.marks.set(place, next * 3);
      seats.ids[next] = id;
    });
  }

  function idOf(place: Placed): number {
    describe(place, description);
    hash(description, marks);
    const seat = seatOf(seats, marks);
    if (seats.ids[seat] !== 0) return seats.ids[seat]!;
    taken++;
    seats.marks.set(marks, seat * 3);
    seats.ids[seat] = -unknown.push(seat);
    return seats.ids[seat]!;
  }

  function learn(ids: Int32Array): void {
    unknown.forEach((seat, index) => {
      seats.ids[seat] = ids[index]!;
    });
    unknown = [];
  }

  return { makeRoom, idOf, learn };
}

/** Three marks and an id a seat; the number of seats is a power of two. */
type Seats = { readonly marks: Int32Array; readonly ids: Int32Array };

function createSeats(count: number): Seats {
  return { marks: new Int32Array(count * 3), ids: new Int32Array(count) };
}

/** The seat with these marks, or the free one where they belong. */
function seatOf({ marks, ids }: Seats, wanted: Int32Array): number {
  const last = ids.length - 1;
  let seat = wanted[0]! & last;
  while (ids[seat] !== 0 && !isAt(marks, seat * 3, wanted)) seat = (seat + 1) & last;
  return seat;
}

function isAt(marks: Int32Array, at: number, wanted: Int32Array): boolean {
  return marks[at] === wanted[0] && marks[at + 1] === wanted[1] && marks[at + 2] === wanted[2];
}

/** What the database tells places apart by, as whole numbers of 32 bits; grows with the longest. */
type Description = { units: Int32Array; length: number };

function createDescription(): Description {
  return { units: new Int32Array(2 ** 10), length: 0 };
}

const degrees = new Float64Array(2);
const degreeBits = new Int32Array(degrees.buffer);

function describe({ lng, lat, placedBy, withinMetres, area, location }: Placed, description: Description): void {
  description.length = 0;
  if (lng !== null && lat !== null) {
    // 0 is added because -0 has other bits
    degrees[0] = lng + 0;
    degrees[1] = lat + 0;
    for (let index = 0; index < 4; index++) add(description, degreeBits[index]!);
    add(description, withinMetres ?? -1);
    addText(description, placedBy as string);
  } else if (area !== null) {
    for (const text of [area.layer, area.name, area.within]) addText(description, text);
  }
  addText(description, location);
}

function add(description: Description, value: number): void {
  if (description.length === description.units.length) {
    const larger = new Int32Array(description.length * 2);
    larger.set(description.units);
    description.units = larger;
  }
  description.units[description.length++] = value;
}

/** Its length goes first, so that a letter more in one text is not a letter less in the next. */
function addText(description: Description, text: string): void {
  add(description, text.length);
  for (let index = 0; index < text.length; index++) add(description, unitOf(text, index));
}

/** A UTF-16 unit, as it is stored: half a character has no UTF-8, and every one becomes the same sign. */
function unitOf(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  return text.codePointAt(index)! > 0xffff || text.codePointAt(index - 1)! > 0xffff ? unit : 0xfffd;
}

/** Three numbers, each multiplied and folded in a way of its own, and taking from the one before it. */
function hash({ units, length }: Description, marks: Int32Array): void {
  let a = 0x2545f491;
  let b = 0x6c62272e;
  let c = 0x1b873593;
  // four more, so that the last ones reach every bit
  for (let index = 0; index < length + 4; index++) {
    const unit = index < length ? units[index]! : index;
    a = Math.imul(a ^ unit, 0x85ebca6b);
    b = Math.imul(b + unit, 0xc2b2ae35) ^ a;
    c = Math.imul(c ^ (unit << 9) ^ b, 0x27d4eb2f);
    a ^= a >>> 15;
    b ^= b >>> 13;
    c ^= c >>> 16;
  }
  marks[0] = a;
  marks[1] = b;
  marks[2] = c;
}
