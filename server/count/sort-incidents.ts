import { shared } from '../shared-array.ts';
import { addMonths, dayNumber, dayOf, weekdayOf } from './calendar.ts';
import { dayOnlyHour, hoursPerCode, monthOnlyHour, type Ranges } from './columns.ts';

/** Incidents sorted by month and place: the part of the columns that an import rewrites. */
export type SortedIncidents = {
  readonly monthFirstDay: Uint16Array;
  readonly monthRun: Uint32Array;
  readonly runPlace: Uint32Array;
  readonly runStart: Uint32Array;
  readonly codes: Uint32Array | Uint16Array;
  readonly days: Uint16Array;
  readonly ranges: Ranges;
};

/** Numbers the combinations of category and flag set in the order in which they are first met; never renumbers any. */
export type PairBook = { pairOf(categoryId: number, flagSetId: number): number; readonly size: number };

/** Bytes of one incident as the store packs it: place, day, minute, category, flag set, minutes of range. */
const packedIncidentBytes = 16;
/** Days are packed relative to this one. */
const packedEpoch = dayNumber('2000-01-01');
const minutesPerDay = 1440;
/** The minute of an incident of which only the day is known; −2 where only the month is. */
const dayOnly = -1;
/** Up to this many pairs, codes fit 16 bits. */
const mostShortPairs = Math.floor(65_536 / hoursPerCode);

/** Unsorted columns, in the order in which the store sent them. */
type Raw = {
  readonly place: Uint32Array;
  readonly code: Uint32Array;
  readonly day: Uint16Array;
  /** Minutes from begin to end of a from–to range; 0 without one. */
  readonly minutes: Uint32Array;
  readonly startMinuteOfWeek: Uint16Array;
};

/** Decodes packed incidents (see `read-incidents.sql`) and sorts them, with two counting sorts: by place, then by month. */
export function sortIncidents(chunks: readonly Uint8Array[], placeIds: Int32Array, pairs: PairBook): SortedIncidents {
  const raw = decodeIncidents(chunks, placeIds, pairs);
  const firstDays = monthsIn(raw.day);
  const monthOfDay = new Uint16Array(65_536);
  firstDays.forEach((day, month) => {
    monthOfDay.fill(month, day, firstDays[month + 1] ?? 65_536);
  });
  const byPlace = countingSort(raw.place.length, placeIds.length + 1, (row) => raw.place[row]!);
  const { order, start } = countingSort(
    raw.place.length,
    firstDays.length,
    (row) => monthOfDay[raw.day[row]!]!,
    byPlace.order,
  );
  return arrange(raw, order, Uint16Array.from(firstDays), start, pairs.size);
}

function decodeIncidents(chunks: readonly Uint8Array[], placeIds: Int32Array, pairs: PairBook): Raw {
  const length = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0) / packedIncidentBytes;
  const placeOfId = ranksOf(placeIds);
  const raw: Raw = {
    place: new Uint32Array(length),
    code: new Uint32Array(length),
    day: new Uint16Array(length),
    minutes: new Uint32Array(length),
    startMinuteOfWeek: new Uint16Array(length),
  };
  let row = 0;
  for (const chunk of chunks) {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let at = 0; at < chunk.byteLength; at += packedIncidentBytes, row++) {
      const day = packedEpoch + view.getInt16(at + 4);
      const minute = view.getInt16(at + 6);
      const minutes = view.getInt32(at + 12);
      const placeId = view.getInt32(at);
      raw.place[row] = placeId === 0 ? placeIds.length : placeOfId[placeId]!;
      raw.day[row] = day;
      raw.code[row] = pairs.pairOf(view.getInt16(at + 8), view.getInt16(at + 10)) * hoursPerCode + hourOf(minute);
      if (minutes > 0 && minute >= 0) {
        raw.minutes[row] = minutes;
        raw.startMinuteOfWeek[row] = weekdayOf(day) * minutesPerDay + minute;
      }
    }
  }
  return raw;
}

function hourOf(minute: number): number {
  if (minute >= 0) return Math.floor(minute / 60);
  return minute === dayOnly ? dayOnlyHour : monthOnlyHour;
}

/** The position of each id. */
function ranksOf(ids: Int32Array): Uint32Array {
  let largest = 0;
  for (const id of ids) if (id > largest) largest = id;
  const ranks = new Uint32Array(largest + 1);
  for (let rank = 0; rank < ids.length; rank++) ranks[ids[rank]!] = rank;
  return ranks;
}

/** First days of the months that have any of the days, rising. */
function monthsIn(days: Uint16Array): number[] {
  const held = new Uint8Array(65_536);
  for (const day of days) held[day] = 1;
  const firstDays: number[] = [];
  for (let day = held.indexOf(1); day >= 0; day = held.indexOf(1, day)) {
    const first = `${dayOf(day).slice(0, 7)}-01`;
    firstDays.push(dayNumber(first));
    day = dayNumber(addMonths(first, 1));
  }
  return firstDays;
}

/** Rows (in the order given) in stable order of a small number, and where each number's rows start. */
function countingSort(rows: number, numbers: number, numberOf: (row: number) => number, given?: Uint32Array) {
  const start = new Uint32Array(numbers + 1);
  for (let row = 0; row < rows; row++) start[numberOf(row) + 1]!++;
  for (let number = 0; number < numbers; number++) start[number + 1]! += start[number]!;
  const next = start.slice();
  const order = new Uint32Array(rows);
  for (let at = 0; at < rows; at++) {
    const row = given ? given[at]! : at;
    order[next[numberOf(row)]!++] = row;
  }
  return { order, start };
}

function arrange(
  raw: Raw,
  order: Uint32Array,
  monthFirstDay: Uint16Array,
  monthStart: Uint32Array,
  pairs: number,
): SortedIncidents {
  const codes = emptyCodes(order.length, pairs);
  const days = shared(Uint16Array, order.length);
  for (let at = 0; at < order.length; at++) {
    codes[at] = raw.code[order[at]!]!;
    days[at] = raw.day[order[at]!]!;
  }
  return {
    monthFirstDay,
    ...findRuns(raw.place, order, monthStart),
    codes,
    days,
    ranges: arrangeRanges(raw, order),
  };
}

/** Room for codes, two bytes each as long as there are few pairs. */
export function emptyCodes(length: number, pairs: number): Uint32Array | Uint16Array {
  return pairs <= mostShortPairs ? shared(Uint16Array, length) : shared(Uint32Array, length);
}

function findRuns(place: Uint32Array, order: Uint32Array, monthStart: Uint32Array) {
  const months = monthStart.length - 1;
  const begins = (at: number) => at === 0 || place[order[at]!] !== place[order[at - 1]!];
  const monthRun = new Uint32Array(months + 1);
  let runs = 0;
  for (let month = 0; month < months; month++) {
    monthRun[month] = runs;
    for (let at = monthStart[month]!; at < monthStart[month + 1]!; at++) {
      if (at === monthStart[month] || begins(at)) runs++;
    }
  }
  monthRun[months] = runs;
  const runPlace = shared(Uint32Array, runs);
  const runStart = shared(Uint32Array, runs + 1);
  let run = 0;
  for (let month = 0; month < months; month++) {
    for (let at = monthStart[month]!; at < monthStart[month + 1]!; at++) {
      if (at !== monthStart[month] && !begins(at)) continue;
      runPlace[run] = place[order[at]!]!;
      runStart[run++] = at;
    }
  }
  runStart[runs] = order.length;
  return { monthRun, runPlace, runStart };
}

function arrangeRanges(raw: Raw, order: Uint32Array): Ranges {
  const ranges = emptyRanges(raw.minutes.reduce((sum, minutes) => sum + (minutes > 0 ? 1 : 0), 0));
  let at = 0;
  for (let incident = 0; incident < order.length && at < ranges.incident.length; incident++) {
    const row = order[incident]!;
    if (raw.minutes[row] === 0) continue;
    ranges.incident[at] = incident;
    ranges.place[at] = raw.place[row]!;
    ranges.startMinuteOfWeek[at] = raw.startMinuteOfWeek[row]!;
    ranges.minutes[at++] = raw.minutes[row]!;
  }
  return ranges;
}

/** Room for from–to ranges. */
export function emptyRanges(length: number): Ranges {
  return {
    incident: shared(Uint32Array, length),
    place: shared(Uint32Array, length),
    startMinuteOfWeek: shared(Uint16Array, length),
    minutes: shared(Uint32Array, length),
  };
}
