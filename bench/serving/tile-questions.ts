import pg from 'pg';
import { seededRandom } from '../../server/demo/seeded-random.ts';
import { mercatorX, mercatorY, type TileAddress } from '../../server/tiles/mercator.ts';

/** The zooms at which a map of a town or a county is looked at; they take the resolutions 7, 8, 9 and 9. */
export const zooms = [9, 10, 11, 12] as const;

/** A filter as it stands in an address. */
export type Question = { readonly tile: TileAddress; readonly query: string };

const categories = [
  'crime.criminal-damage-and-arson',
  'crime.burglary',
  'asb.anti-social-behaviour',
  'violence.violence-and-sexual-offences',
  'crime.drugs',
  'crime.shoplifting',
  'crime.vehicle-crime',
  'crime.public-order',
];
const rareCategories = [
  'crime.other-crime',
  'crime.possession-of-weapons',
  'crime.other-theft',
  'crime.robbery',
  'crime.theft-from-the-person',
  'crime.bicycle-theft',
];
const firstDay = Date.UTC(2021, 2, 1);
/** The last day on which a span of three months can begin. */
const starts = 300;
const spanDays = 91;
const seed = 7;

/** All categories in a year: as full as tiles get. */
export const wideFilter = new URLSearchParams({
  categories: [...categories, ...rareCategories].join(),
  from: '2021-04-01',
  to: '2022-03-31',
}).toString();

/** The n-th of 2,100 filters, no two alike: two categories in three months that begin on some day. */
export function newFilter(number: number): string {
  const start = (number * 7) % starts;
  const first = number % categories.length;
  const second = (first + 1 + (Math.floor(number / starts) % (categories.length - 1))) % categories.length;
  const from = firstDay + start * 86_400_000;
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  const query = { from: day(from), to: day(from + spanDays * 86_400_000) };
  return new URLSearchParams({ categories: `${categories[first]},${categories[second]}`, ...query }).toString();
}

/** The path of a tile under a filter. */
export function tilePath({ tile: { z, x, y }, query }: Question): string {
  return `/tiles/cells/${z}/${x}/${y}.mvt?${query}`;
}

/** Tiles around places taken by chance, in turn at each of the zooms, so that towns are asked for more often than moors. */
export async function tilesAroundPlaces(databaseUrl: string, count: number): Promise<TileAddress[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows: counted } = await client.query<{ places: number }>('select count(*)::int as places from place');
  const random = seededRandom(seed);
  const ids = Array.from({ length: count }, () => 1 + Math.floor(random() * counted[0]!.places));
  const byId = 'select id, lng, lat from place where id = any($1::int[])';
  const { rows } = await client.query<{ id: number; lng: number; lat: number }>(byId, [ids]);
  await client.end();
  const places = new Map(rows.map((place) => [place.id, place]));
  return ids.map((id, number) => tileAround(places.get(id)!, zooms[number % zooms.length]!));
}

/** The tiles of zoom 11 with the most places: the fullest that are drawn in hexagons of resolution 9. */
export async function fullestTiles(databaseUrl: string): Promise<TileAddress[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<TileAddress>(`
    select 11 as z, floor((lng / 360 + 0.5) * 2048)::int as x,
      floor((0.5 - ln(tan(pi() / 4 + radians(lat) / 2)) / (2 * pi())) * 2048)::int as y
    from place group by x, y order by count(*) desc limit 12`);
  await client.end();
  return rows;
}

/** The tile in which a position lies. */
export function tileAround({ lng, lat }: { lng: number; lat: number }, z: number): TileAddress {
  return { z, x: Math.floor(mercatorX(lng) * 2 ** z), y: Math.floor(mercatorY(lat) * 2 ** z) };
}
