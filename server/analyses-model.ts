/**
 * The vocabulary of the analyses: overlap, concentration, trend, near repeats, forecast and hours. Apart from `model.ts`
 * because each is an answer of its own, which the map does not ask for.
 */
import { z } from 'zod';
import { studySchema, weekdayNames } from './model.ts';

const notes = z.array(z.string()).describe('Plain sentences a person should know before using the figures');
const finding = z.string().nullable().describe('What the figures say, in one sentence; null when they say nothing');
const share = z.number().nullable();

const overlapSideSchema = z.object({
  asked: z.string().describe('`a` or `b` as it was given'),
  total: z.number().int().describe('Incidents that match, located or not'),
  located: z.number().int(),
  hot: z.number().int().describe('Cells that are hot'),
});
export const overlapSchema = z.object({
  version: z.number().int(),
  resolution: z.number().int(),
  level: z.number().int().describe('Cells are hot at this per cent of confidence, after the correction'),
  a: overlapSideSchema,
  b: overlapSideSchema,
  both: z.number().int(),
  onlyA: z.number().int(),
  onlyB: z.number().int(),
  neither: z.number().int(),
  expectedBoth: share.describe('Cells hot in both that two unrelated maps would have on average; null without cells'),
  jaccard: share.describe('Cells hot in both among cells hot in either; null when no cell is hot'),
  similarity: z
    .object({
      s: share.describe('Share of cells with similar percentages of a and b; null when either is empty'),
      robust: share.describe('The same without cells that are empty in both'),
      seed: z.number().int(),
      samples: z.number().int(),
    })
    .describe('Andresen’s S-index with a as base and b as test pattern; 1 is the same pattern'),
  finding,
  cells: z
    .array(
      z.object({
        cell: z.string(),
        hotIn: z.enum(['both', 'a', 'b']),
        countA: z.number().int(),
        countB: z.number().int(),
      }),
    )
    .describe('Cells hot in either, those hot in both first'),
  study: studySchema,
  notes,
});
export type OverlapAnswer = z.infer<typeof overlapSchema>;

const placeSchema = z.object({
  rank: z.number().int(),
  code: z.string().describe('The cell, or the code of the area'),
  name: z.string().optional(),
  count: z.number().int(),
  share: z.number(),
  cumulativeShare: z.number(),
});
export const concentrationSchema = z.object({
  version: z.number().int(),
  by: z.string().describe('`cells`, or the layer of areas'),
  resolution: z.number().int().nullable().describe('Of cells; null for areas'),
  validFrom: z.string().nullable().describe('Vintage of the boundaries; null for cells'),
  total: z.number().int().describe('Incidents that match'),
  incidents: z.number().int().describe('Those of them in the places compared: what all shares are shares of'),
  places: z.number().int().describe('Cells or areas compared, the empty ones included'),
  placesWithIncidents: z.number().int(),
  gini: share.describe('0: all places have as many; towards 1: one has all; null without incidents'),
  giniGeneralised: share.describe(
    'Against the most even spread so few incidents allow (Bernasco & Steenbeek 2017); null without incidents',
  ),
  lorenz: z
    .array(z.object({ shareOfPlaces: z.number(), shareOfIncidents: z.number() }))
    .nullable()
    .describe('From the emptiest place up; null without incidents'),
  shares: z
    .array(
      z.object({
        percentOfIncidents: z.number(),
        places: z.number().int(),
        shareOfAllPlaces: z.number(),
        shareOfPlacesWithIncidents: z.number(),
      }),
    )
    .nullable()
    .describe('The fewest places that hold 25, 50 and 80 % of the incidents; null without incidents'),
  top: z.object({
    places: z.number().int(),
    share: share.describe('Share of the incidents in the fullest places together; null without incidents'),
    list: z.array(placeSchema).describe('The fullest places that have any incidents; equal counts in order of code'),
  }),
  finding,
  study: studySchema.nullable().describe('Null for areas'),
  notes,
});
export type ConcentrationAnswer = z.infer<typeof concentrationSchema>;

export const trendMonthSchema = z.object({
  month: z.string(),
  count: z.number().int().nullable().describe('Null: nothing at all is held for the month, which is a gap, not a zero'),
  days: z.number().int().describe('Days of the month (of the weekdays of the filter) that the count covers'),
  partial: z.boolean().describe('Whether the range or the data cover only part of the month'),
  expected: share.describe('What the month would hold at the mean rate of all months'),
  lower: share.describe('Counts below are exceptional'),
  upper: share.describe('Counts above are exceptional'),
  exceptional: z.enum(['above', 'below']).nullable(),
  previous: z
    .number()
    .int()
    .nullable()
    .describe('The same days a year before, also from before the range; null: a gap'),
  change: z.number().int().nullable(),
  percentChange: share.describe('Null when the earlier count is 0'),
  p: share.describe('Two-sided exact p of the two counts; null when both are 0 or one is a gap'),
});
export const trendSchema = z.object({
  version: z.number().int(),
  total: z.number().int().describe('Incidents of the months listed'),
  from: z.string().nullable().describe('First day covered: the range of the filter within the data; null: none'),
  to: z.string().nullable(),
  months: z.array(trendMonthSchema),
  mannKendall: z
    .object({
      s: z.number(),
      z: z.number(),
      p: z.number().describe('Two-sided'),
      months: z.number().int().describe('Whole months held, which were compared'),
      direction: z.enum(['rising', 'falling', 'none']).describe('At p of 0.05 or less; `none`: no clear trend'),
    })
    .nullable()
    .describe('Null with fewer than four whole months'),
  dispersion: share.describe(
    'Variance over mean of the months; 1 for pure chance, well above it the limits are too narrow',
  ),
  alpha: z.number().describe('Chance that an ordinary month is called exceptional'),
  finding,
  notes,
});
export type Trend = z.infer<typeof trendSchema>;

const bandSchema = z.object({ from: z.number(), to: z.number().describe('Not included') });
export const nearRepeatSchema = z.object({
  version: z.number().int(),
  total: z.number().int().describe('Incidents that match'),
  used: z.number().int().describe('Those of them with a point and a day'),
  monthOnly: z.number().int().describe('Located incidents known by month only: left out'),
  unlocated: z.number().int().describe('Incidents without a point: left out'),
  distance: z.enum(['manhattan', 'euclidean']),
  permutations: z.number().int(),
  seed: z.number().int(),
  spaceBands: z.array(bandSchema).describe('Metres'),
  timeBands: z.array(bandSchema).describe('Days apart'),
  table: z
    .array(
      z.array(
        z.object({
          observed: z.number().int().describe('Pairs of incidents this near in space and time'),
          expected: z.number().describe('Mean of the shuffles'),
          ratioMean: share.describe('Observed over the mean of the shuffles; null when that is 0'),
          ratioMedian: share.describe('Observed over the median of the shuffles; null when that is 0'),
          p: z.number().describe('One-sided: shuffles with at least as many pairs'),
        }),
      ),
    )
    .nullable()
    .describe('Rows are space bands, columns time bands; null with fewer than two incidents to compare'),
  finding,
  notes,
});
export type NearRepeat = z.infer<typeof nearRepeatSchema>;

const methodName = z.enum(['count', 'recencyWeightedCount', 'density', 'giStar']);
export const forecastSchema = z.object({
  version: z.number().int(),
  resolution: z.number().int(),
  next: z.string().nullable().describe('The month forecast: the one after the last whole month held; null without any'),
  months: z.array(z.string()).describe('Whole months held in the range, oldest first: what is learned from'),
  heldOut: z.array(z.string()).describe('The last of them, each forecast from those before it; empty: too few months'),
  settings: z.object({
    window: z.number().int().nullable().describe('Months learned from for each forecast; null: all before it'),
    halfLifeMonths: z.number(),
    bandwidthMetres: z.number().nullable().describe('Null without cells'),
    coverage: z.number().describe('Share of the cells at which the methods are compared for `recommended`'),
  }),
  methods: z.array(
    z.object({
      name: methodName,
      top: z
        .array(
          z.object({
            rank: z.number().int().describe('Equal scores share a rank'),
            cell: z.string(),
            score: z.number(),
          }),
        )
        .describe('Cells with a score above 0, the highest first, for the month `next`'),
      evaluation: z
        .array(
          z.object({
            coverage: z.number(),
            cells: z.number().int(),
            hits: z
              .number()
              .describe('Incidents of the held-out months in the cells chosen; equal scores share theirs'),
            bestHits: z.number().describe('What the best possible choice of as many cells would have caught'),
            incidents: z.number().int(),
            hitRate: share,
            areaShare: z.number(),
            pai: share.describe('Hit rate over the share of cells; 1: no better than chance'),
            pei: share.describe('Hits over the best possible, 0 to 1'),
            periodsBest: z.number().int().describe('Held-out months in which no method caught more'),
          }),
        )
        .nullable()
        .describe('On the held-out months; hit rate, PAI and PEI are null when nothing happened in them'),
    }),
  ),
  recommended: methodName.nullable().describe('Null when methods tie or there is too little to judge by'),
  tied: z
    .array(methodName)
    .describe('Methods that cannot be told from the best; empty if one is recommended or none can be judged'),
  evidence: z.string().describe('Why, in a sentence'),
  study: studySchema,
  notes,
});
export type Forecast = z.infer<typeof forecastSchema>;

const peak = { count: z.number(), share: z.number() };
export const hoursSchema = z.object({
  version: z.number().int(),
  total: z.number().int().describe('Incidents that match'),
  withHour: z.number().int().describe('Those with an hour: what all figures here add up to'),
  withoutHour: z.number().int(),
  ranged: z.number().int().describe('Incidents with a from–to range, which were spread over its hours'),
  weekHours: z.array(z.number()).length(168).describe('Monday 00:00 first'),
  byHour: z.array(z.number()).length(24),
  byWeekday: z.array(z.number()).length(7).describe('Monday first; incidents with an hour only'),
  withoutHourByWeekday: z.array(z.number().int()).length(7).describe('Incidents whose day is known but not the hour'),
  peaks: z
    .object({
      weekday: z.object({ weekday: z.enum(weekdayNames), ...peak }),
      hour: z.object({ hour: z.number().int(), ...peak }),
      run: z
        .object({ from: z.number().int(), to: z.number().int(), ...peak })
        .describe('The four hours of the day in a row with most, over midnight too; both ends inclusive'),
    })
    .nullable()
    .describe('Shares of `withHour`; the earliest of equals; null when no hour is known'),
  finding,
  notes,
});
export type Hours = z.infer<typeof hoursSchema>;
