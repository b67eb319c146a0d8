import fc from 'fast-check';
import { type Filter, type Position, weekdayNames } from '../../server/model.ts';
import type { SimpleIncident, SimpleLayer } from './columns.ts';

/** Category codes, some below others, one whose name begins like another's. */
export const someCategories = [
  'asb.nuisance',
  'asb.personal',
  'fire.primary.vehicle',
  'fire.secondary',
  'fire.secondary.refuse',
  'violence.with-injury',
  'violence.without-injury',
  'violence-against-property',
];
/** Codes that filters name: those, and their parents. */
const filterCategories = [...someCategories, 'asb', 'fire', 'violence'];
/** Flags that incidents may carry. */
export const someFlags = ['alcohol', 'domestic', 'weapon'];

/** West of −1.25, west of −1.2, and two wards of an earlier vintage north and south; the east lies in none. */
export const someLayers: readonly SimpleLayer[] = [
  {
    layer: 'ward',
    validFrom: '2013-12-01',
    areas: [
      { code: 'north', contains: ({ lat }) => lat >= 54.7 },
      { code: 'south', contains: ({ lat }) => lat < 54.7 },
    ],
  },
  {
    layer: 'ward',
    validFrom: '2025-05-01',
    areas: [
      { code: 'west', contains: ({ lng }) => lng < -1.25 },
      { code: 'middle', contains: ({ lng }) => lng >= -1.25 && lng < -1.2 },
      { code: 'nobody', contains: () => false },
    ],
  },
];

/** A dozen places in a town, so that incidents share places and cells; some in one leaf cell. */
export const somePlaces: readonly Position[] = Array.from({ length: 24 }, (_, index) => ({
  lat: 54.66 + (index % 5) * 0.017 + (index >= 20 ? 0.00001 : 0),
  lng: -1.3 + (index % 7) * 0.023,
}));

const dayWithin = (days: number) =>
  fc
    .integer({ min: 0, max: days })
    .map((days) => new Date(Date.UTC(2022, 11, 15) + days * 86_400_000).toISOString().slice(0, 10));
const day = dayWithin(800);

const incidentOn = (day: fc.Arbitrary<string>): fc.Arbitrary<SimpleIncident> =>
  fc
    .record({
      at: fc.option(fc.constantFrom(...somePlaces), { freq: 6 }),
      onlyWard: fc.option(fc.constantFrom('north', 'west', 'middle', 'elsewhere'), { freq: 2 }),
      category: fc.constantFrom(...someCategories),
      flags: fc.subarray(someFlags),
      day,
      minute: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 1439 }) },
        { weight: 1, arbitrary: fc.constantFrom('day' as const, 'month' as const) },
      ),
      rangeMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 30_000 })),
    })
    .map(({ day, ...incident }) => ({ ...incident, day: incident.minute === 'month' ? `${day.slice(0, 7)}-01` : day }));

/** Any incident: located or not, at a minute, on a day or in a month, some with a range of hours. */
export const anyIncident = incidentOn(day);

/** Few incidents over years, or so many in some weeks that their bitmaps are combined. */
export const fewOrCrowded = fc.oneof(
  { weight: 3, arbitrary: fc.array(anyIncident, { maxLength: 60 }) },
  { weight: 1, arbitrary: fc.array(incidentOn(dayWithin(40)), { minLength: 600, maxLength: 900 }) },
);

/** Any filter that a request could make, without `compare`. */
export const anyFilter: fc.Arbitrary<Filter> = fc
  .record(
    {
      categories: fc.subarray(filterCategories, { minLength: 1 }),
      flags: fc
        .tuple(fc.subarray(someFlags), fc.subarray(someFlags))
        .map(([has, lacks]) => ({ has, lacks: lacks.filter((flag) => !has.includes(flag)) })),
      days: fc.tuple(day, day).map((days) => days.sort()),
      open: fc.constantFrom('neither', 'from', 'to'),
      hours: fc.subarray(
        Array.from({ length: 24 }, (_, hour) => hour),
        { minLength: 1 },
      ),
      weekdays: fc.subarray([...weekdayNames], { minLength: 1 }),
      areas: fc.subarray(
        someLayers.flatMap(({ layer, areas }) => areas.map(({ code }) => ({ layer, code }))),
        { minLength: 1 },
      ),
    },
    { requiredKeys: [] },
  )
  .map(({ days, open, ...filter }) => ({
    ...filter,
    ...(days && open !== 'from' && { from: days[0] as string }),
    ...(days && open !== 'to' && { to: days[1] as string }),
  }));
