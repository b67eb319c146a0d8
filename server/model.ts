/**
 * The vocabulary of the project: what every stage, route and the client agree on.
 * Types come from zod schemas; each edge (HTTP, files, command line) parses once.
 */
import { z } from 'zod';

// ---------------------------------------------------------------- days and months

/** A civil day, `2023-01-31`. Days are strings everywhere; they compare and sort as text. */
export const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day such as 2023-01-31')
  .refine((day) => isRealDay(day), 'there is no such day in the calendar');
export type Day = string;
/** A month, `2023-01`. */
export type Month = string;

/** Whether `YYYY-MM-DD` names a day of the Gregorian calendar (31 February does not). */
export function isRealDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === day;
}

export const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdayNames)[number];

/** How exactly a time is known. `day` has no hour; `month` has neither day nor hour. */
export type Precision = 'minute' | 'hour' | 'day' | 'month';

// ---------------------------------------------------------------- places

/** WGS84 degrees. `[lng, lat]` is used in GeoJSON only. */
export type Position = { readonly lat: number; readonly lng: number };

/** H3 resolutions the service answers at; incidents are stored at the finest. */
export const coarsestResolution = 3;
export const finestResolution = 12;
/** data.police.uk moves points to about one in eight addresses: cells finer than this show its snap points. */
export const defaultResolution = 9;

/** The default H3 resolution of a map at a zoom: one to three thousand cells on a full 512-pixel tile, never finer than 9. */
export function resolutionForZoom(zoom: number): number {
  if (zoom >= 11) return defaultResolution;
  return Math.max(coarsestResolution, Math.floor(zoom * 0.8));
}

/** The form of cells as sorted ids and counts in about a byte a cell (docs/compact-cells.md), asked for by `Accept`. */
export const compactType = 'application/vnd.hotspot.cells';

// ---------------------------------------------------------------- areas

const layerNouns: Readonly<Record<string, { readonly one: string; readonly many: string }>> = {
  ward: { one: 'ward', many: 'wards' },
  lsoa: { one: 'LSOA', many: 'LSOAs' },
  msoa: { one: 'MSOA', many: 'MSOAs' },
  district: { one: 'district', many: 'districts' },
  parish: { one: 'parish', many: 'parishes' },
  constituency: { one: 'constituency', many: 'constituencies' },
  beat: { one: 'beat', many: 'beats' },
  neighbourhood: { one: 'neighbourhood', many: 'neighbourhoods' },
};
/** The months by name, January first. */
export const monthWords = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** What one area of a layer is called: `ward`. */
export function areaNoun(layer: string): string {
  return layerNouns[layer]?.one ?? layer;
}

/** What several are called: `wards`. */
export function areaNouns(layer: string): string {
  return layerNouns[layer]?.many ?? `${layer} areas`;
}

/** From when boundaries are, as briefly as it is true: `2025`, `May 2025`, `4 May 2023`; null where that is not known. */
export function vintageDate(validFrom: Day | null): string | null {
  if (validFrom === null) return null;
  const [year, month, day] = validFrom.split('-');
  if (validFrom.endsWith('-01-01')) return year as string;
  return `${day === '01' ? '' : `${Number(day)} `}${monthWords[Number(month) - 1]} ${year}`;
}

/** A layer and its vintage as people say it: `wards of 2025`, `LSOAs of March 2011`, `undated beats`. */
export function vintageWords(layer: string, validFrom: Day | null): string {
  const date = vintageDate(validFrom);
  return date === null ? `undated ${areaNouns(layer)}` : `${areaNouns(layer)} of ${date}`;
}

/** How `vintage=` names boundaries without a day. */
export const undatedVintage = 'undated';

// ---------------------------------------------------------------- the filter

/** An area of a layer; `validFrom` only where another vintage is meant than the newest that has the code. */
export type AreaReference = { readonly layer: string; readonly code: string; readonly validFrom?: Day | null };
export type DateRange = { readonly from: Day; readonly to: Day };

/** What every reading route takes, parsed. Absent means "all". Lists are sorted and without repeats. */
export type Filter = {
  readonly categories?: readonly string[];
  /** Flags an incident must carry, and must not carry. */
  readonly flags?: { readonly has: readonly string[]; readonly lacks: readonly string[] };
  readonly from?: Day;
  readonly to?: Day;
  /** Hours of the day, 0 to 23. */
  readonly hours?: readonly number[];
  readonly weekdays?: readonly Weekday[];
  readonly areas?: readonly AreaReference[];
  readonly compare?: 'previous-year' | 'previous-period' | DateRange;
};

/** The query string's own parameters, before `parseFilter` gives them meaning. */
export const filterQuerySchema = z.object({
  categories: z
    .string()
    .optional()
    .describe('Category codes, comma separated; a code takes all below it: `violence,asb.nuisance`'),
  flags: z
    .string()
    .optional()
    .describe('Flags an incident must carry, or with a leading minus must not: `domestic,-weapon`'),
  from: z.string().optional().describe('First day, inclusive: `2023-01-01`'),
  to: z.string().optional().describe('Last day, inclusive: `2023-12-31`'),
  hours: z.string().optional().describe('Hours of the day, inclusive ranges: `18-23,0-3`'),
  weekdays: z.string().optional().describe('Days of the week: `fri,sat`'),
  area: z.string().optional().describe('Areas as layer:code, any of them: `ward:E05013049,ward:E05013038`'),
  vintage: z
    .string()
    .optional()
    .describe(
      'First day of the boundaries meant, `2025-01-01` or `undated`: of the areas that `area` names and of those counted in; else the newest held',
    ),
  compare: z.string().optional().describe('`previous-year`, `previous-period` or a range `2022-01-01..2022-12-31`'),
});
export type FilterQuery = z.infer<typeof filterQuerySchema>;

// ---------------------------------------------------------------- answers

export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown() }),
});

export const healthSchema = z.object({ status: z.enum(['ok', 'starting']), version: z.number().int() });

export const catalogSchema = z.object({
  version: z.number().int().describe('Data version: grows with every import and every change of areas'),
  synthetic: z.boolean().describe('Whether any incident held is made up (the demo)'),
  incidents: z.number().int(),
  sources: z.array(
    z.object({
      name: z.string(),
      profile: z.string(),
      synthetic: z.boolean(),
      attribution: z.string(),
      incidents: z.number().int(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  categories: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      count: z.number().int().describe('Incidents with exactly this code'),
    }),
  ),
  flags: z.array(z.object({ code: z.string(), name: z.string(), count: z.number().int() })),
  layers: z.array(
    z.object({
      layer: z.string(),
      validFrom: z.string().nullable(),
      attribution: z.string(),
      areas: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        }),
      ),
    }),
  ),
  extent: z
    .object({ from: z.string(), to: z.string() })
    .nullable()
    .describe('First and last day on which anything is held'),
  bounds: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .nullable()
    .describe('West, south, east, north of areas and incidents'),
  months: z.array(z.string()).describe('Months in which anything is held; a missing month is a gap, not a zero'),
  hasHours: z.boolean().describe('Whether any incident has an hour of day'),
});
export type Catalog = z.infer<typeof catalogSchema>;

export const summarySchema = z.object({
  version: z.number().int(),
  total: z.number().int().describe('Incidents that match'),
  located: z.number().int().describe('Those of them with a point'),
  previous: z.number().int().nullable(),
  change: z.number().int().nullable(),
  percentChange: z.number().nullable().describe('Null without `compare`, and when the earlier count is 0'),
  compare: z
    .object({ from: z.string(), to: z.string() })
    .nullable()
    .describe('The earlier period that `previous` counts'),
  categories: z.array(
    z.object({ code: z.string(), name: z.string(), count: z.number().int(), previous: z.number().int().optional() }),
  ),
  months: z.array(z.object({ month: z.string(), count: z.number().int() })),
  weekHours: z
    .array(z.number())
    .length(168)
    .describe('Monday 00:00 first; an incident with a from-to range is spread over its hours, weight 1 in total'),
  withoutHour: z.number().int().describe('Matching incidents whose hour is not known; not in `weekHours`'),
});
export type Summary = z.infer<typeof summarySchema>;

/** What can be asked of each cell. */
export const measureNames = ['count', 'giStar', 'localMoran', 'density', 'change', 'emerging', 'harm'] as const;
export type Measure = (typeof measureNames)[number];

/** How statistics are to be made, parsed. */
export type MeasureOptions = {
  readonly measures: readonly Measure[];
  /** How classes are judged: by q (false discovery rate), by Bonferroni's p, or by p as it is. */
  readonly correction: 'fdr' | 'bonferroni' | 'none';
  /** By the normal approximation; by drawing whole neighbourhoods anew; or holding the cell's own value. */
  readonly p: 'normal' | 'randomisation' | 'conditional';
  readonly permutations: number;
  readonly seed: number;
  /** Of the density's kernel, in metres; undefined: by the rule of `defaultBandwidth`. */
  readonly bandwidth: number | undefined;
  /** Equal periods of the emerging classes. */
  readonly steps: number;
  /** What statistics are made of: incidents, or harm. */
  readonly weight: 'count' | 'harm';
};

export const studySchema = z.object({
  areas: z.array(z.string()).describe('The areas studied, as layer:code'),
  boundaries: z.array(z.string()).describe('Layer and vintage of those areas in words: `wards of 2025`'),
  resolution: z.number().int(),
  cells: z.number().int(),
  zeros: z.number().int().describe('Cells among them without an incident'),
  cellsOutsideAreas: z.number().int().describe('Cells whose centre lies outside the areas, but which hold an incident'),
  neighbours: z.string(),
  correction: z.string(),
  p: z.string(),
  permutations: z.number().int().nullable(),
  seed: z.number().int().nullable(),
  bandwidthMetres: z.number().nullable(),
  weight: z.string(),
});
/** The study area and the rules of a statistic: part of every result. */
export type StudyDescription = z.infer<typeof studySchema>;

const statistic = z.number().nullable().optional();
export const significanceClasses = ['hot99', 'hot95', 'hot90', 'none', 'cold90', 'cold95', 'cold99'] as const;
const cellSchema = z.object({
  cell: z.string(),
  count: z.number().int(),
  previous: z.number().int().optional(),
  giStarZ: statistic.describe('Null where undefined: all counts equal'),
  giStarP: statistic.describe('Two-sided'),
  giStarQ: statistic.describe('Benjamini–Hochberg over all cells of the study area'),
  giStarClass: z.enum(significanceClasses).nullable().optional(),
  localMoranI: statistic,
  localMoranZ: statistic,
  localMoranP: statistic.describe('Two-sided'),
  quadrant: z.enum(['high-high', 'low-low', 'high-low', 'low-high']).nullable().optional(),
  density: statistic.describe('Incidents per square kilometre'),
  change: statistic,
  changeP: statistic.describe('Exact test of two Poisson counts; null where both are 0'),
  changeQ: statistic,
  emerging: z.string().optional(),
  harm: statistic,
});

export const cellsSchema = z.object({
  resolution: z.number().int(),
  version: z.number().int(),
  total: z.number().int().describe('Incidents that match, located or not'),
  located: z.number().int().describe('Those with a point: the cells sum to it'),
  study: studySchema.optional().describe('With statistics: what was compared with what'),
  notes: z.array(z.string()).optional().describe('With statistics: plain sentences a person should know'),
  cells: z.array(cellSchema).describe('With statistics every cell of the study area, else those with an incident'),
});
export type Cells = z.infer<typeof cellsSchema>;

export const areasSchema = z.object({
  layer: z.string(),
  validFrom: z.string().nullable().describe('Vintage of the boundaries counted in; null: not known'),
  vintage: z.string().describe('Layer and vintage in words: `wards of 2025`'),
  version: z.number().int(),
  total: z.number().int(),
  located: z.number().int(),
  outside: z
    .number()
    .int()
    .describe('Incidents with a place, a point or only the name of an area, in no area of the layer'),
  areas: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      count: z.number().int(),
      previous: z.number().int().optional(),
      population: z.number().int().optional(),
      ratePer1000: z.number().optional(),
    }),
  ),
  notes: z.array(z.string()).describe('Plain sentences on the boundaries: other vintages, periods before them'),
});
export type Areas = z.infer<typeof areasSchema>;

const counted = { name: z.string(), count: z.number().int() };
const hotspotSchema = z.object({
  rank: z.number().int(),
  id: z.string().describe('The same place keeps it while its strongest cell stays the same'),
  name: z.string().describe('Its most frequent streets'),
  areas: z.array(z.object({ code: z.string(), ...counted })),
  cells: z.array(z.string()),
  polygon: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(z.array(z.number())))) }),
  areaSquareKilometres: z.number(),
  count: z.number().int(),
  share: z.number().nullable().describe('Of all located incidents that match'),
  previous: z.number().int().nullable(),
  change: z.number().int().nullable(),
  changeP: z
    .number()
    .nullable()
    .describe('Exact test of two Poisson counts; null without `compare` and where both are 0'),
  z: z.number().nullable().describe('Gi* of its strongest cell'),
  q: z.number().nullable().describe('Benjamini–Hochberg q of its strongest cell'),
  harm: z.number().nullable().describe('Null without a harm index'),
  peakHours: z
    .object({ from: z.number().int(), to: z.number().int(), share: z.number() })
    .nullable()
    .describe('The four hours in a row that hold most; null where no incident has an hour'),
  peakDays: z.array(z.object({ day: z.enum(weekdayNames), share: z.number() })).nullable(),
  categories: z.array(z.object({ code: z.string(), ...counted })),
  streets: z.array(z.object(counted)),
  hotMonths: z.number().int().describe('Months of the last `months` held in which a cell of it was hot'),
  months: z.number().int(),
});
export type Hotspot = z.infer<typeof hotspotSchema>;

export const hotspotsSchema = z.object({
  version: z.number().int(),
  total: z.number().int(),
  located: z.number().int(),
  rank: z.enum(['count', 'z', 'harm']),
  period: z.enum(['day', 'night', 'all']),
  found: z.number().int().describe('Hotspots found, of which the first are listed'),
  study: studySchema,
  notes: z.array(z.string()),
  hotspots: z.array(hotspotSchema),
});
/** Significant cells merged into ranked places. */
export type Hotspots = z.infer<typeof hotspotsSchema>;

export const streetsSchema = z.object({
  version: z.number().int(),
  streets: z.array(z.object({ name: z.string(), lat: z.number(), lng: z.number(), count: z.number().int() })),
});
/** Street names where the incidents' own locations put them, most frequent first: the map's labels. */
export type Streets = z.infer<typeof streetsSchema>;
