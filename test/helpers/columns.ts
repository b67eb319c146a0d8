import { latLngToCell } from 'h3-js';
import { buildColumns } from '../../server/count/build-columns.ts';
import { dayNumber } from '../../server/count/calendar.ts';
import { keyOfCell } from '../../server/count/cell-index.ts';
import type { Columns } from '../../server/count/columns.ts';
import { type Filter, finestResolution, type Position, type Weekday, weekdayNames } from '../../server/model.ts';

/** An incident as a test writes it down. */
export type SimpleIncident = {
  /** Null: without a place. */
  readonly at: Position | null;
  readonly category: string;
  readonly flags: readonly string[];
  readonly day: string;
  /** Minute of the day, or how little is known of it. */
  readonly minute: number | 'day' | 'month';
  /** Minutes from the beginning to the end of the range in which it happened. */
  readonly rangeMinutes: number;
};

/** A vintage of areas, each with a rule for what lies in it. */
export type SimpleLayer = {
  readonly layer: string;
  readonly validFrom: string | null;
  readonly areas: readonly { readonly code: string; contains(position: Position): boolean }[];
};

/** What a test leaves unsaid of an incident. */
export const plainIncident: SimpleIncident = {
  at: { lat: 54.686, lng: -1.212 },
  category: 'violence.with-injury',
  flags: [],
  day: '2023-01-31',
  minute: 600,
  rangeMinutes: 0,
};

/** Columns of incidents written by hand, packed and unpacked as those of the database are; `chunkLength` in incidents. */
export function columnsOf(
  incidents: readonly SimpleIncident[],
  layers: readonly SimpleLayer[] = [],
  chunkLength = 3,
): Promise<Columns> {
  const positions = new Map(incidents.flatMap(({ at }) => (at ? [[placeName(at), at] as const] : [])));
  const places = [...positions]
    .map(([name, at], index) => ({ name, at, id: index * 2 + 1, key: leafKey(at) }))
    .sort((a, b) => a.key - b.key);
  const ids = new Map(places.map(({ name, id }) => [name, id]));
  const categories = distinct(incidents.map(({ category }) => category)).map((code, index) => ({
    id: index + 5,
    code,
  }));
  const flagSets = distinct(incidents.map(({ flags }) => flags.join())).map((key, index) => ({ id: index + 9, key }));
  const packed = Buffer.alloc(incidents.length * 16);
  incidents.forEach(({ at, category, flags, day, minute, rangeMinutes }, row) => {
    const offset = row * 16;
    packed.writeInt32BE(at ? (ids.get(placeName(at)) as number) : 0, offset);
    packed.writeInt16BE(dayNumber(day) - dayNumber('2000-01-01'), offset + 4);
    packed.writeInt16BE(typeof minute === 'number' ? minute : minute === 'day' ? -1 : -2, offset + 6);
    packed.writeInt16BE(categories.find(({ code }) => code === category)!.id, offset + 8);
    packed.writeInt16BE(flagSets.find(({ key }) => key === flags.join())!.id, offset + 10);
    packed.writeInt32BE(rangeMinutes, offset + 12);
  });
  return buildColumns({
    version: 1,
    places: {
      ids: Int32Array.from(places, ({ id }) => id),
      keys: Float64Array.from(places, ({ key }) => key),
      lats: Float64Array.from(places, ({ at }) => at.lat),
      lngs: Float64Array.from(places, ({ at }) => at.lng),
      locationOf: new Uint32Array(places.length),
      locations: [''],
    },
    layers: layers.map(({ layer, validFrom, areas }) => ({
      layer,
      validFrom,
      attribution: '',
      areas: areas.map(({ code }) => ({ code, name: code, population: null, bbox: [0, 0, 0, 0] })),
      areaOfPlace: Int32Array.from(places, ({ at }) => areas.findIndex((area) => area.contains(at))),
    })),
    categories,
    flagSets: flagSets.map(({ id, key }) => ({ id, flags: key === '' ? [] : key.split(',') })),
    incidents: incidents.length,
    chunks: inChunks(packed, chunkLength * 16),
  });
}

/** Whether an incident matches a filter, by the words of the contract and nothing cleverer. */
export function matches(incident: SimpleIncident, filter: Filter, layers: readonly SimpleLayer[] = []): boolean {
  const { at, category, flags, day, minute } = incident;
  const within = (code: string) => category === code || category.startsWith(`${code}.`);
  const inArea = ({ layer, code }: { layer: string; code: string }) => {
    const vintage = layers.findLast((one) => one.layer === layer && one.areas.some((area) => area.code === code));
    return at !== null && vintage?.areas.find((area) => area.contains(at))?.code === code;
  };
  if (filter.categories && !filter.categories.some(within)) return false;
  if (filter.flags?.has.some((flag) => !flags.includes(flag))) return false;
  if (filter.flags?.lacks.some((flag) => flags.includes(flag))) return false;
  if (filter.from && day < filter.from) return false;
  if (filter.to && day > filter.to) return false;
  if (filter.hours && !(typeof minute === 'number' && filter.hours.includes(Math.floor(minute / 60)))) return false;
  if (filter.weekdays && !(minute !== 'month' && filter.weekdays.includes(weekdayName(day)))) return false;
  return filter.areas === undefined || filter.areas.some(inArea);
}

/** The weekday of a civil day, by the calendar of JavaScript. */
export function weekdayName(day: string): Weekday {
  return weekdayNames[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] as Weekday;
}

const placeName = ({ lat, lng }: Position) => `${lat} ${lng}`;
const leafKey = ({ lat, lng }: Position) => keyOfCell(latLngToCell(lat, lng, finestResolution));
const distinct = (texts: readonly string[]) => [...new Set(texts)];

async function* inChunks(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}
