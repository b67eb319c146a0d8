import type { ProfilePlace } from '../profile.ts';
import { type ColumnFacts, exampleOf, type Finding, hasAny, percent, shareOf, type Table } from './column-facts.ts';

/** Pairs of coordinate columns, the likeliest first, and whether their points lie in the United Kingdom. */
export type Coordinates = {
  readonly places: readonly ProfilePlace[];
  readonly uses: readonly (Finding & { readonly use: 'lat' | 'lng' | 'easting' | 'northing' })[];
  /** Null when no points tell. */
  readonly inUk: boolean | null;
};

type Axis = 'lat' | 'lng' | 'easting' | 'northing';
type Candidate = Finding & { readonly axis: Axis; readonly score: number };

const names: Readonly<Record<Axis, { readonly sure: readonly string[]; readonly likely: readonly string[] }>> = {
  lat: { sure: ['lat', 'latitude'], likely: ['y', 'y coordinate', 'y coord', 'coord y', 'point y'] },
  lng: { sure: ['lng', 'lon', 'long', 'longitude'], likely: ['x', 'x coordinate', 'x coord', 'coord x', 'point x'] },
  easting: {
    sure: ['easting', 'eastings', 'grid east', 'bng e', 'os x'],
    likely: ['x', 'x coordinate', 'x coord', 'coord x', 'point x', 'east'],
  },
  northing: {
    sure: ['northing', 'northings', 'grid north', 'bng n', 'os y'],
    likely: ['y', 'y coordinate', 'y coord', 'coord y', 'point y', 'north'],
  },
};

const kinds = {
  lat: 'a latitude in degrees',
  lng: 'a longitude in degrees',
  easting: 'an easting in metres of the British National Grid',
  northing: 'a northing in metres of the British National Grid',
} as const;

const decimal = /^[+-]?\d{1,3}\.\d+$/;
const degrees = (text: string, most: number) => /^[+-]?\d{1,3}(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= most;
// the last digits may be masked, which tells the system all the same
const metres = (text: string, most: number) =>
  /^\d{3,7}(\.\d+)?$|^\d{2,4}\*{2,4}$/.test(text) && Number(text.replaceAll('*', '0')) <= most;

const looksLike: Readonly<Record<Axis, (text: string) => boolean>> = {
  lat: (text) => degrees(text, 90),
  lng: (text) => degrees(text, 180),
  easting: (text) => metres(text, 700_000) && Number(text.replaceAll('*', '0')) > 180,
  northing: (text) => metres(text, 1_300_000) && Number(text.replaceAll('*', '0')) > 180,
};

/** Finds the pairs of columns that hold coordinates: by name and content together, or by content alone in the UK. */
export function findCoordinates({ columns, rows }: Table, inUk: (lat: number, lng: number) => boolean): Coordinates {
  const candidates = columns.flatMap((column) => (Object.keys(names) as Axis[]).flatMap((axis) => rate(column, axis)));
  const found = [...pairsOf(candidates, 'lat', 'lng'), ...pairsOf(candidates, 'easting', 'northing')];
  const pairs = found.length > 0 ? found : pairByContent(columns, inUk);
  return {
    places: pairs.map(placeOf),
    uses: pairs.flat().map(({ column, axis, because }) => ({ column, use: axis, because })),
    inUk: whereabouts(pairs, rows, inUk),
  };
}

type Pair = readonly [Candidate, Candidate];

function rate(column: ColumnFacts, axis: Axis): Candidate[] {
  const { sure, likely } = names[axis];
  const isSure = hasAny(column.words, sure);
  if (!isSure && !likely.includes(column.words)) return [];
  const share = shareOf(column, looksLike[axis]);
  if (column.filled === 0 || share < 0.8) return [];
  // a plain "x" in degrees is no easting: numbers of the grid are never that small
  const because = `its name says so, and ${percent(share)} of its values read as ${kinds[axis]}, such as ${exampleOf(column)}`;
  const rounded = hasAny(column.words, ['rounded', 'approx', 'approximate', 'centroid', 'area', 'district', 'ward']);
  return [{ column, axis, because, score: (isSure ? 2 : 1) + share - (rounded ? 0.5 : 0) }];
}

/** Each first axis with the second whose name resembles its own most; the best pairs first. */
function pairsOf(candidates: readonly Candidate[], first: Axis, second: Axis): Pair[] {
  const seconds = candidates.filter(({ axis }) => axis === second);
  const taken = new Set<ColumnFacts>();
  const firsts = candidates.filter(({ axis }) => axis === first).sort((a, b) => b.score - a.score);
  return firsts.flatMap((one) => {
    const free = seconds.filter(({ column }) => !taken.has(column) && column !== one.column);
    const best = free.sort((a, b) => closeness(one, b) - closeness(one, a))[0];
    if (!best) return [];
    taken.add(best.column);
    return [[one, best] as const];
  });
}

function closeness(one: Candidate, other: Candidate): number {
  const mine = new Set(one.column.words.split(' '));
  const shared = other.column.words.split(' ').filter((word) => mine.has(word)).length;
  return shared * 10 + other.score - Math.abs(one.column.index - other.column.index) / 100;
}

/** Without telling names: two columns side by side whose numbers are places in the United Kingdom. */
function pairByContent(columns: readonly ColumnFacts[], inUk: (lat: number, lng: number) => boolean): Pair[] {
  const inRange = (column: ColumnFacts, range: readonly [number, number]) =>
    column.filled >= 5 &&
    column.texts.size > 1 &&
    shareOf(column, (text) => decimal.test(text) && Number(text) >= range[0] && Number(text) <= range[1]) >= 0.95;
  for (const column of columns) {
    for (const next of [columns[column.index + 1], columns[column.index - 1]]) {
      if (!next || !inRange(column, latitudes) || !inRange(next, longitudes)) continue;
      const [lat, lng] = [[...column.texts.keys()][0], [...next.texts.keys()][0]];
      if (!inUk(Number(lat), Number(lng))) continue;
      const because = (axis: Axis, one: ColumnFacts) =>
        `its values and those beside it are places in the United Kingdom: it reads as ${kinds[axis]}, such as ${exampleOf(one)}`;
      return [
        [
          { column, axis: 'lat', because: because('lat', column), score: 1 },
          { column: next, axis: 'lng', because: because('lng', next), score: 1 },
        ],
      ];
    }
  }
  return [];
}

const latitudes = [49.8, 60.9] as const;
const longitudes = [-8.7, 1.8] as const;

function placeOf([one, other]: Pair): ProfilePlace {
  if (one.axis === 'lat') return { system: 'wgs84', lat: one.column.name, lng: other.column.name };
  const step = stepOf([...one.column.texts.keys(), ...other.column.texts.keys()]);
  const within = hasAny(one.column.words, ['rounded', 'approx', 'approximate']) && step > 1;
  return {
    system: 'bng',
    easting: one.column.name,
    northing: other.column.name,
    // half the diagonal of the square that the numbers are rounded to
    ...(within ? { withinMetres: Math.ceil((step * Math.SQRT2) / 2) } : {}),
  };
}

/** The largest of 10, 50, 100, 500, 1000 metres that divides the distances between all numbers. */
function stepOf(texts: readonly string[]): number {
  const numbers = texts.map(Number).filter(Number.isInteger);
  const divides = (step: number) => numbers.every((number) => (number - numbers[0]!) % step === 0);
  return numbers.length < 5 ? 1 : ([1000, 500, 100, 50, 10].find(divides) ?? 1);
}

function whereabouts(pairs: readonly Pair[], rows: Table['rows'], inUk: (lat: number, lng: number) => boolean) {
  const pair = pairs.find(([one]) => one.axis === 'lat');
  if (!pair) return pairs.length > 0 ? true : null;
  const points = rows
    .map((row) => pair.map(({ column }) => (row[column.index] ?? '').trim()))
    .filter(([lat, lng]) => lat !== '' && lng !== '')
    .map((point) => point.map(Number) as [number, number])
    .filter(([lat, lng]) => lat !== 0 || lng !== 0);
  if (points.length === 0) return null;
  return points.filter(([lat, lng]) => inUk(lat, lng)).length / points.length >= 0.5;
}
