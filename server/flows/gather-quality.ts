import type { Observed } from '../import/observed.ts';
import { readObserved } from '../import/observed.ts';
import { roundUpMetres } from '../import/round-up-metres.ts';
import type { PlacedBy, PlacedCounts, Quality } from '../import-model.ts';
import type { PrecisionGroup, QualityFile } from '../store/read-quality.ts';

/** What is known of a file, or of all files of a source, before points, copies and areas are counted. */
export type Gathered = Pick<
  Quality,
  'incidents' | 'completeness' | 'timePrecision' | 'placed' | 'placePrecision' | 'masked' | 'unmapped'
> & {
  readonly repeatedIds: number;
  /** Incidents by month, in order. */
  readonly months: ReadonlyMap<string, number>;
  readonly oddities: Oddities;
};

/** What no figure of the report tells. */
export type Oddities = {
  /** Imports that kept no observations of their file. */
  readonly unobserved: number;
  /** Postcodes and streets that are not known, by the column they stand in, the most first. */
  readonly notFound: readonly { readonly column: string; readonly rows: number }[];
  /** Rows outside the month that their file is for. */
  readonly outsideMonth: number;
  /** Files in which every time was midnight, and was taken for the day as a whole. */
  readonly midnightFiles: number;
};

/** More precisions than a table of a few lines has are rounded up. */
const mostPrecisions = 12;

/** What one file was like when it was read, whatever has become of its incidents since. */
export function gatherFile(file: QualityFile, observed: Observed): Gathered {
  const { incidents, placed, months, time } = observed;
  return {
    ...gatherObserved([file]),
    incidents,
    timePrecision: time,
    placed,
    placePrecision: shorten(observed.withinMetres),
    months: new Map(Object.entries(months).sort()),
  };
}

/** What the incidents held are like, and what was observed of the files they came in. */
export function gatherHeld(groups: readonly PrecisionGroup[], files: readonly QualityFile[]): Gathered {
  const timePrecision = { minute: 0, hour: 0, day: 0, month: 0, ranges: 0 };
  const placed = { coordinates: 0, postcode: 0, street: 0, areaOnly: 0, none: 0 };
  const months = new Map<string, number>();
  let all = 0;
  for (const { month, precision, ranged, placedBy, incidents } of groups) {
    all += incidents;
    timePrecision[precision] += incidents;
    if (ranged) timePrecision.ranges += incidents;
    placed[placedKey(placedBy)] += incidents;
    months.set(month, (months.get(month) ?? 0) + incidents);
  }
  const pointed = groups.filter(({ placedBy }) => placedBy !== null && placedBy !== 'area only');
  return {
    ...gatherObserved(files),
    incidents: all,
    timePrecision,
    placed,
    placePrecision: shorten(sumByMetres(pointed)),
    months: new Map([...months].sort()),
  };
}

function gatherObserved(files: readonly QualityFile[]) {
  const observed = files.map(({ quality }) => readObserved(quality)).filter((one) => one !== null);
  const sum = (value: (one: Observed) => number) => observed.reduce((total, one) => total + value(one), 0);
  return {
    completeness: sumColumns(observed),
    masked: sum(({ masked }) => masked),
    repeatedIds: sum(({ repeatedIds }) => repeatedIds),
    unmapped: sumWords(files),
    oddities: {
      unobserved: files.length - observed.length,
      notFound: sumNotFound(observed),
      outsideMonth: sum(({ outsideMonth }) => outsideMonth),
      midnightFiles: sum(({ midnightIsDay }) => Number(midnightIsDay)),
    },
  };
}

function sumNotFound(observed: readonly Observed[]): Oddities['notFound'] {
  return listed(observed.flatMap(({ notFound }) => notFound.map(({ column, rows }) => [column, rows] as const))).map(
    ([column, rows]) => ({ column, rows }),
  );
}

/** Counts by word put together, the largest first. */
function listed(counts: readonly (readonly [word: string, count: number])[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const [word, count] of counts) sums.set(word, (sums.get(word) ?? 0) + count);
  return [...sums].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1));
}

/** A column that some files lack is empty in all their rows. */
function sumColumns(observed: readonly Observed[]): Quality['completeness'] {
  const rows = observed.reduce((total, one) => total + one.rows, 0);
  const filled = new Map<string, number>();
  for (const { columns } of observed) {
    for (const { name, filled: count } of columns) filled.set(name, (filled.get(name) ?? 0) + count);
  }
  return [...filled].map(([column, count]) => ({ column, filled: count, rows }));
}

function sumWords(files: readonly QualityFile[]): Quality['unmapped'] {
  const words = listed(files.flatMap(({ unmapped }) => Object.entries(unmapped)));
  return words.map(([word, incidents]) => ({ word, incidents }));
}

function placedKey(placedBy: PlacedBy | null): keyof PlacedCounts {
  if (placedBy === null) return 'none';
  return placedBy === 'area only' ? 'areaOnly' : placedBy;
}

type Precisions = Quality['placePrecision'];

/** Finest first, unknown last; so many that nobody would read them are put together. */
function shorten(precisions: Precisions): Precisions {
  if (precisions.length <= mostPrecisions) return sumByMetres(precisions);
  return sumByMetres(
    precisions.map(({ metres, incidents }) => ({ metres: metres === null ? null : roundUpMetres(metres), incidents })),
  );
}

function sumByMetres(precisions: Precisions): Precisions {
  const counts = new Map<number | null, number>();
  for (const { metres, incidents } of precisions) counts.set(metres, (counts.get(metres) ?? 0) + incidents);
  const rank = (metres: number | null) => metres ?? Number.POSITIVE_INFINITY;
  return [...counts]
    .map(([metres, incidents]) => ({ metres, incidents }))
    .sort((a, b) => rank(a.metres) - rank(b.metres));
}
