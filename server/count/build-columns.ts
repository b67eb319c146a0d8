import { addMonths, dayNumber, dayOf, weekdayOf } from './calendar.ts';
import {
  type AreaLayer,
  type Columns,
  monthOnlySlot,
  type Places,
  type Ranges,
  slotCount,
  weekdaySlot,
} from './columns.ts';
import { shared } from './shared-array.ts';

/** Bytes of one incident as the store packs it: place, day, minute, category, flag set, minutes of range. */
export const packedIncidentBytes = 16;
/** Days are packed relative to this one. */
const packedEpoch = dayNumber('2000-01-01');
const minutesPerDay = 1440;
/** Minutes that say what is not known: the hour, or the day too. */
const dayOnly = -1;
const monthOnly = -2;

/** What the store hands over: dictionaries by database id, places sorted by key, and packed incidents in chunks. */
export type ColumnInput = {
  readonly version: number;
  readonly places: Places;
  readonly layers: readonly AreaLayer[];
  readonly categories: readonly { id: number; code: string }[];
  readonly flagSets: readonly { id: number; flags: readonly string[] }[];
  readonly incidents: number;
  readonly chunks: AsyncIterable<Uint8Array>;
};

/** Unsorted columns, in the order in which the store sent them. */
type Raw = {
  place: Uint32Array;
  code: Uint32Array;
  day: Uint16Array;
  ranges: RawRange[];
  /** The latest day that stands for its whole month; −1 for none. */
  lastMonth: number;
  length: number;
};
type RawRange = { row: number; startMinuteOfWeek: number; minutes: number };

/** Builds the columns from packed incidents in two passes: decode as they stream in, then one counting sort by place. */
export async function buildColumns(input: ColumnInput): Promise<Columns> {
  const codes = new CodeBook(input);
  const rankOfPlace = rankById(input.places.ids);
  const raw: Raw = {
    place: new Uint32Array(input.incidents),
    code: new Uint32Array(input.incidents),
    day: new Uint16Array(input.incidents),
    ranges: [],
    lastMonth: -1,
    length: 0,
  };
  for await (const chunk of input.chunks) decode(chunk, raw, codes, rankOfPlace);
  const [firstDay, lastDay] = extentOf(raw);
  return {
    version: input.version,
    places: input.places,
    layers: input.layers,
    firstDay,
    lastDay,
    ...sortByPlace(raw, input.places.ids.length, codes),
    ...codes.tables(),
  };
}

function extentOf({ day: days, lastMonth }: Raw): [number, number] {
  if (days.length === 0) return [0, 0];
  let first = days[0]!;
  let last = lastMonth < 0 ? 0 : lastDayOfMonth(lastMonth);
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [first, last];
}

function lastDayOfMonth(day: number): number {
  return dayNumber(addMonths(`${dayOf(day).slice(0, 7)}-01`, 1)) - 1;
}

/** Numbers the combinations of category, flag set and slot in the order in which they occur. */
class CodeBook {
  private readonly numbers = new Map<number, number>();
  private readonly keys: number[] = [];
  private readonly categoryIndex: ReadonlyMap<number, number>;
  private readonly flagSetIndex: ReadonlyMap<number, number>;
  private readonly input: ColumnInput;

  constructor(input: ColumnInput) {
    this.input = input;
    this.categoryIndex = new Map(input.categories.map(({ id }, index) => [id, index]));
    this.flagSetIndex = new Map(input.flagSets.map(({ id }, index) => [id, index]));
  }

  get size(): number {
    return this.keys.length;
  }

  codeOf(categoryId: number, flagSetId: number, slot: number): number {
    const category = this.categoryIndex.get(categoryId) ?? 0;
    const flagSet = this.flagSetIndex.get(flagSetId) ?? 0;
    const key = (category * this.input.flagSets.length + flagSet) * slotCount + slot;
    let code = this.numbers.get(key);
    if (code === undefined) {
      code = this.keys.length;
      this.numbers.set(key, code);
      this.keys.push(key);
    }
    return code;
  }

  tables() {
    const size = this.keys.length;
    const codeCategory = shared(Uint16Array, size);
    const codeFlagSet = shared(Uint16Array, size);
    const codeSlot = shared(Uint8Array, size);
    this.keys.forEach((key, code) => {
      codeSlot[code] = key % slotCount;
      const pair = Math.floor(key / slotCount);
      codeFlagSet[code] = pair % this.input.flagSets.length;
      codeCategory[code] = Math.floor(pair / this.input.flagSets.length);
    });
    const categories = this.input.categories.map(({ code }) => code);
    const flagSets = this.input.flagSets.map(({ flags }) => flags);
    return { codeCategory, codeFlagSet, codeSlot, categories, flagSets };
  }
}

function decode(chunk: Uint8Array, raw: Raw, codes: CodeBook, rankOfPlace: Int32Array): void {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  for (let offset = 0; offset < chunk.byteLength; offset += packedIncidentBytes) {
    const row = raw.length++;
    const day = packedEpoch + view.getInt16(offset + 4);
    const minute = view.getInt16(offset + 6);
    const minutes = view.getInt32(offset + 12);
    const placeId = view.getInt32(offset);
    raw.place[row] = placeId === 0 ? rankOfPlace.length : (rankOfPlace[placeId] ?? 0);
    raw.day[row] = day;
    raw.code[row] = codes.codeOf(view.getInt16(offset + 8), view.getInt16(offset + 10), slotOf(day, minute));
    if (minute === monthOnly && day > raw.lastMonth) raw.lastMonth = day;
    if (minutes > 0 && minute >= 0) {
      raw.ranges.push({ row, startMinuteOfWeek: weekdayOf(day) * minutesPerDay + minute, minutes });
    }
  }
}

function slotOf(day: number, minute: number): number {
  if (minute >= 0) return weekdayOf(day) * 24 + Math.floor(minute / 60);
  return minute === dayOnly ? weekdaySlot + weekdayOf(day) : monthOnlySlot;
}

function rankById(ids: Int32Array): Int32Array {
  let largest = 0;
  for (const id of ids) if (id > largest) largest = id;
  const ranks = new Int32Array(largest + 1);
  for (let rank = 0; rank < ids.length; rank++) ranks[ids[rank] as number] = rank;
  return ranks;
}

function sortByPlace(raw: Raw, places: number, codes: CodeBook) {
  // incidents without a place were given a rank beyond every place; fold it to the last run
  const placeStart = shared(Uint32Array, places + 2);
  const rank = (row: number) => Math.min(raw.place[row] as number, places);
  for (let row = 0; row < raw.length; row++) placeStart[rank(row) + 1]!++;
  for (let place = 0; place <= places; place++) placeStart[place + 1]! += placeStart[place]!;
  const next = placeStart.slice(0, places + 1);
  const days = shared(Uint16Array, raw.length);
  const sorted = codes.size <= 65_536 ? shared(Uint16Array, raw.length) : shared(Uint32Array, raw.length);
  const position = raw.ranges.length > 0 ? new Uint32Array(raw.length) : undefined;
  for (let row = 0; row < raw.length; row++) {
    const at = next[rank(row)]!++;
    days[at] = raw.day[row] as number;
    sorted[at] = raw.code[row] as number;
    if (position) position[row] = at;
  }
  return { placeStart, days, codes: sorted, ranges: rangeColumns(raw, position, rank) };
}

function rangeColumns(raw: Raw, position: Uint32Array | undefined, rank: (row: number) => number): Ranges {
  const size = raw.ranges.length;
  const ranges = {
    incident: shared(Uint32Array, size),
    place: shared(Uint32Array, size),
    startMinuteOfWeek: shared(Uint16Array, size),
    minutes: shared(Uint32Array, size),
  };
  raw.ranges.forEach(({ row, startMinuteOfWeek, minutes }, index) => {
    ranges.incident[index] = position?.[row] ?? 0;
    ranges.place[index] = rank(row);
    ranges.startMinuteOfWeek[index] = startMinuteOfWeek;
    ranges.minutes[index] = minutes;
  });
  return ranges;
}
