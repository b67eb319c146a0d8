import { latLngToCell } from 'h3-js';
import { buildColumns, type PackedStore } from '../../server/count/build-columns.ts';
import { dayNumber } from '../../server/count/calendar.ts';
import type { Columns } from '../../server/count/columns.ts';
import { type Filter, finestResolution, type Position, type Weekday, weekdayNames } from '../../server/model.ts';

/** An incident as a test writes it down. */
export type SimpleIncident = {
  /** Null: without a place. */
  readonly at: Position | null;
  /** Without a point: the code of the ward which is all that is known of the place. */
  readonly onlyWard?: string | null | undefined;
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
export async function columnsOf(
  incidents: readonly SimpleIncident[],
  layers: readonly SimpleLayer[] = [],
  chunkLength = 3,
): Promise<Columns> {
  return buildColumns(packer(layers, chunkLength)(incidents), null).columns;
}

/** Packs as the store does, giving out ids as things are first met; only places that no earlier call packed. */
export function packer(layers: readonly SimpleLayer[] = [], chunkLength = 3) {
  const places = new Map<string, number>();
  const categories = new Map<string, number>();
  const flagSets = new Map<string, number>();
  let version = 0;
  const idOf = (ids: Map<string, number>, name: string, first: number) => {
    if (!ids.has(name)) ids.set(name, first + ids.size * 2);
    return ids.get(name)!;
  };
  return (incidents: readonly SimpleIncident[]): PackedStore => {
    const fresh = new Map(
      incidents.flatMap(({ at, onlyWard }) => {
        const name = placeName(at, onlyWard);
        return name !== null && !places.has(name) ? [[name, { at, onlyWard }] as const] : [];
      }),
    );
    const packed = Buffer.alloc(incidents.length * 16);
    incidents.forEach(({ at, onlyWard, category, flags, day, minute, rangeMinutes }, row) => {
      const offset = row * 16;
      const place = placeName(at, onlyWard);
      packed.writeInt32BE(place === null ? 0 : idOf(places, place, 1), offset);
      packed.writeInt16BE(dayNumber(day) - dayNumber('2000-01-01'), offset + 4);
      packed.writeInt16BE(typeof minute === 'number' ? minute : minute === 'day' ? -1 : -2, offset + 6);
      packed.writeInt16BE(idOf(categories, category, 5), offset + 8);
      packed.writeInt16BE(idOf(flagSets, flags.join(), 9), offset + 10);
      packed.writeInt32BE(rangeMinutes, offset + 12);
    });
    const areaIds = layers.flatMap((layer, vintage) =>
      layer.areas.map((area, index) => ({ layer, area, id: vintage * 100_000 + index + 1 })),
    );
    return {
      version: ++version,
      categories: [...categories].map(([code, id]) => ({ id, code })),
      flagSets: [...flagSets].map(([key, id]) => ({ id, flags: key === '' ? [] : key.split(',') })),
      areas: areaIds.map(({ layer, area, id }) => ({
        id,
        layer: layer.layer,
        validFrom: layer.validFrom,
        attribution: '',
        code: area.code,
        name: area.code,
        population: null,
        bbox: [0, 0, 0, 0],
      })),
      places: [...fresh].map(([name, { at }]) => packPlace(places.get(name)!, at, name)),
      placeAreas: [...fresh].flatMap(([name, where]) =>
        layers.flatMap((layer) => {
          const found = areaIds.find((candidate) => candidate.layer === layer && liesIn(where, layer, candidate.area));
          return found ? [packPair(places.get(name)!, found.id)] : [];
        }),
      ),
      incidents: inChunks(packed, chunkLength * 16),
    };
  };
}

function packPlace(id: number, at: Position | null, name: string): Uint8Array {
  const words = Buffer.from(`at ${name}`);
  const packed = Buffer.alloc(30 + words.length);
  packed.writeInt32BE(id, 0);
  packed.writeDoubleBE(at?.lng ?? 0, 4);
  packed.writeDoubleBE(at?.lat ?? 0, 12);
  packed.writeBigUInt64BE(
    at ? BigInt(`0x${latLngToCell(at.lat, at.lng, finestResolution)}`) : 0xffff_ffff_ffff_ffffn,
    20,
  );
  packed.writeInt16BE(words.length, 28);
  words.copy(packed, 30);
  return packed;
}

function packPair(place: number, area: number): Uint8Array {
  const packed = Buffer.alloc(8);
  packed.writeInt32BE(place, 0);
  packed.writeInt32BE(area, 4);
  return packed;
}

/** Whether an incident matches a filter, by the words of the contract and nothing cleverer. */
export function matches(incident: SimpleIncident, filter: Filter, layers: readonly SimpleLayer[] = []): boolean {
  const { category, flags, day, minute } = incident;
  const within = (code: string) => category === code || category.startsWith(`${code}.`);
  const inArea = ({ layer, code }: { layer: string; code: string }) => {
    const vintage = layers.findLast((one) => one.layer === layer && one.areas.some((area) => area.code === code));
    return vintage?.areas.find((area) => liesIn(incident, vintage, area))?.code === code;
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

type Where = Pick<SimpleIncident, 'at' | 'onlyWard'>;

/** Whether an incident lies in an area: by its point, else by the ward that is all that is known. */
export function liesIn({ at, onlyWard }: Where, { layer }: SimpleLayer, area: SimpleLayer['areas'][number]): boolean {
  return at ? area.contains(at) : layer === 'ward' && area.code === onlyWard;
}

const placeName = (at: Position | null, onlyWard: string | null | undefined) =>
  at ? `${at.lat} ${at.lng}` : onlyWard ? `only ${onlyWard}` : null;

function inChunks(bytes: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) =>
    bytes.subarray(at * length, (at + 1) * length),
  );
}
