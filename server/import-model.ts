/**
 * The vocabulary of taking files in: what the service and the import page tell one another about uploads, mappings, trial
 * runs, imports and their quality. Apart from `model.ts` because only the pages about imports speak it.
 */
import { z } from 'zod';

// ---------------------------------------------------------------- how an incident was placed

/** How an incident got its place: from coordinates, from a postcode, from a street's name, or only as far as its area. */
export type PlacedBy = 'coordinates' | 'postcode' | 'street' | 'area only';

/** The share of incidents with a place below which a hot spot map is held to be unreliable (Ratcliffe 2004). */
export const acceptableHitRate = 0.85;

const placedCountsSchema = z.object({
  coordinates: z.number().int(),
  postcode: z.number().int(),
  street: z.number().int(),
  areaOnly: z.number().int(),
  none: z.number().int(),
});
export type PlacedCounts = z.infer<typeof placedCountsSchema>;

// ---------------------------------------------------------------- uploads

/** A table in an uploaded file: the file itself, a sheet of a workbook, or a file in a zip. */
const uploadedTableSchema = z.object({ name: z.string(), rows: z.number().int().nullable() });

export const uploadSchema = z.object({
  upload: z.string().describe('Id of the upload, kept for a day'),
  name: z.string(),
  bytes: z.number().int(),
  kind: z.enum(['csv', 'xlsx', 'geojson', 'zip']),
  tables: z.array(uploadedTableSchema).min(1),
});
export type Upload = z.infer<typeof uploadSchema>;

/** How to read a table, where the person knows better than the file says; all absent means "find it out". */
export const readingOptionsSchema = z.strictObject({
  table: z.string().optional().describe('Sheet or file within the upload; the first unless told'),
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']).optional(),
  delimiter: z
    .string()
    .regex(/^(\t|[^\p{L}\p{N}\s"])$/u, 'expected one sign, no letter, digit, space or quotation mark')
    .optional(),
});
export type ReadingOptions = z.infer<typeof readingOptionsSchema>;

// ---------------------------------------------------------------- preview and proposal

/** Why a column was taken for something, in words fit for a person. */
const proposedUseSchema = z.object({
  column: z.string(),
  use: z
    .enum([
      'id',
      'category',
      'from',
      'to',
      'lat',
      'lng',
      'easting',
      'northing',
      'postcode',
      'street',
      'area',
      'location',
      'flags',
    ])
    .nullable()
    .describe('Null: kept as an attribute'),
  because: z.string(),
});
export type ProposedUse = z.infer<typeof proposedUseSchema>;

const dateExampleSchema = z.object({
  column: z.string(),
  text: z.string().describe('As the file has it: 03/04/2023'),
  meaning: z.string().describe('As it is read: 3 April 2023; or what is wrong with it'),
  understood: z.boolean(),
});

const wordCountSchema = z.object({
  word: z.string(),
  count: z.number().int(),
  code: z.string().nullable().describe('The category it is kept as; null when nothing knows it'),
});

export const previewSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())).describe('The first rows, at most 20'),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  fitting: z
    .array(z.object({ name: z.string(), title: z.string() }))
    .describe('Saved profiles whose columns the file has'),
  proposal: z.object({
    profile: z.unknown().describe('A profile as data/profiles/profile.schema.json describes it, ready to be changed'),
    uses: z.array(proposedUseSchema),
    complete: z.boolean().describe('Whether it has a category and a time'),
  }),
});
export type Preview = z.infer<typeof previewSchema>;

// ---------------------------------------------------------------- saved mappings

/** The profiles there are; each is read and saved whole at `/api/profiles/{name}`. */
export const profileListSchema = z.object({
  profiles: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      about: z.string(),
      source: z.string(),
      required: z.array(z.string()).describe('Columns a file must have'),
      builtIn: z.boolean().describe('Comes with the service and cannot be saved over'),
    }),
  ),
});
export type ProfileList = z.infer<typeof profileListSchema>;

/** Categories and flags a word can stand for, held or not. */
const namedCodeSchema = z.object({ code: z.string(), name: z.string() });
export const taxonomySchema = z.object({ categories: z.array(namedCodeSchema), flags: z.array(namedCodeSchema) });

// ---------------------------------------------------------------- trial runs and imports

/** What to import and how: a saved profile by name, or one as the page has put it together. */
export const importRequestSchema = z.strictObject({
  upload: z.string(),
  reading: readingOptionsSchema.default({}),
  profile: z.union([z.string(), z.looseObject({})]),
  words: z.record(z.string(), z.string()).default({}).describe('Category words mapped by hand: word to code'),
});
export type ImportRequest = z.infer<typeof importRequestSchema>;

/** Rows that share a problem. */
const problemSchema = z.object({
  column: z.string(),
  reason: z.string(),
  count: z.number().int(),
  firstLine: z.number().int(),
  firstValue: z.string(),
});

const outcomeShape = {
  rowsRead: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
  placed: placedCountsSchema,
  problems: z.array(problemSchema).describe('The most frequent first'),
  words: z.array(wordCountSchema).describe('Category words, the most frequent first'),
};

/** What an import would do; nothing is stored. */
export const trialSchema = z.object({
  ...outcomeShape,
  dates: z.array(dateExampleSchema),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  points: z
    .array(z.tuple([z.number(), z.number()]))
    .describe('Longitude and latitude of some of the incidents, at most 2,000'),
});
export type Trial = z.infer<typeof trialSchema>;

export const importSummarySchema = z.object({
  id: z.number().int(),
  source: z.string(),
  fileName: z.string(),
  finishedAt: z.string(),
  rowsRead: z.number().int(),
  accepted: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  unlocated: z.number().int(),
  removedAt: z.string().nullable().describe('When the import was undone; null while it stands'),
});
export type ImportSummary = z.infer<typeof importSummarySchema>;
export const importListSchema = z.object({ imports: z.array(importSummarySchema).describe('The newest first') });

/** Work that goes on while the page waits: a trial run or an import. */
export const jobSchema = z.object({
  job: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  rowsRead: z.number().int(),
  share: z.number().nullable().describe('0 to 1; null when the length is not known'),
  error: z.string().nullable(),
  trial: trialSchema.nullable(),
  import: importSummarySchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** What removing an import would do, or has done. */
export const removalSchema = z.object({
  import: importSummarySchema,
  removed: z.number().int().describe('Incidents that go'),
  restored: z.number().int().describe('Incidents that say again what they said before it'),
  kept: z.number().int().describe('Incidents that a later import has changed: they stay as that one says'),
  alsoInLater: z
    .number()
    .int()
    .describe('Rows that later imports found as they were: those imports no longer hold them up'),
  months: z.array(z.object({ month: z.string(), removed: z.number().int() })),
});
export type Removal = z.infer<typeof removalSchema>;

// ---------------------------------------------------------------- quality

/** How well a column of a file, or of all files of a source, is filled in. */
const completenessSchema = z.object({ column: z.string(), filled: z.number().int(), rows: z.number().int() });

export const qualitySchema = z.object({
  source: z.string(),
  import: importSummarySchema.nullable().describe('Null: the report is of the source as a whole'),
  incidents: z.number().int(),
  completeness: z.array(completenessSchema),
  timePrecision: z.object({
    minute: z.number().int(),
    hour: z.number().int(),
    day: z.number().int(),
    month: z.number().int(),
    ranges: z.number().int().describe('Incidents between two times'),
  }),
  placed: placedCountsSchema,
  placePrecision: z.array(z.object({ metres: z.number().nullable(), incidents: z.number().int() })),
  hitRate: z.number().nullable().describe('Share of incidents with a point; null without any'),
  acceptableHitRate: z.number(),
  masked: z.number().int().describe('Rows whose coordinates are masked on purpose, such as 376***'),
  stacked: z.object({
    points: z.number().int().describe('Different points'),
    topTen: z.number().int().describe('Incidents on the ten commonest'),
    share: z.number().nullable(),
    places: z.array(z.object({ location: z.string(), incidents: z.number().int() })),
  }),
  duplicates: z.object({
    sameContent: z.number().int().describe('Incidents without an id that equal another in all that is kept'),
    repeatedIds: z.number().int().describe('Rows of the file whose id came before in it'),
  }),
  months: z.array(
    z.object({
      month: z.string(),
      incidents: z.number().int(),
      missing: z.boolean().describe('A month between the first and the last with nothing in it'),
      usual: z.number().nullable().describe('Median of the other months'),
      sudden: z.boolean().describe('Far from the usual: see docs/quality.md'),
    }),
  ),
  unmapped: z.array(z.object({ word: z.string(), incidents: z.number().int() })),
  areas: z
    .object({
      layer: z.string(),
      validFrom: z.string().nullable(),
      previousImport: z.number().int().nullable(),
      rows: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          incidents: z.number().int(),
          previous: z.number().int().nullable(),
        }),
      ),
      none: z.number().int().describe('Incidents in none of these areas'),
    })
    .nullable(),
  notes: z.array(z.string()).describe('What a reader should know, the gravest first, in sentences'),
});
export type Quality = z.infer<typeof qualitySchema>;
