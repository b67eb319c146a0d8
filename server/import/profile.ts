import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { parseProfile } from './parse-profile.ts';
import { timeFormatNames } from './parse-time.ts';
import { readJson } from './read-json.ts';

const slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens');
const code = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/, 'expected a dotted code');
const column = z.string().trim().min(1, 'expected the name of a column');
const metres = z.number().int().positive().max(100_000);

/** One column, or several: their cells are joined by a space, empty ones left out, and so are columns the file lacks. */
const columns = z.union([column, z.array(column).min(1)]);

/** Which rows a rule is for. Cells are compared without regard to capitals and runs of spaces. */
const when = z
  .record(column, z.union([z.string(), z.array(z.string()).min(1)]))
  .refine((conditions) => Object.keys(conditions).length > 0, 'name at least one column and what it holds');
const whenMeans =
  'Column by column what its cell must hold, or a list of what it may hold; all must match. A * at the end matches any ending, "" an empty cell';

const placeSchema = z.discriminatedUnion('system', [
  z.strictObject({
    system: z.literal('wgs84').describe('Degrees of latitude and longitude'),
    lat: column.describe('Column of the latitude'),
    lng: column.describe('Column of the longitude'),
    withinMetres: metres.optional().describe('How far the true place may lie from the one given'),
  }),
  z.strictObject({
    system: z.literal('bng').describe('Metres of the British National Grid'),
    easting: column.describe('Column of the easting'),
    northing: column.describe('Column of the northing'),
    withinMetres: metres.optional().describe('How far the true place may lie from the one given'),
  }),
  z.strictObject({
    system: z.literal('postcode').describe('A postcode, looked up among those loaded'),
    column: column.describe('Column of the postcode'),
  }),
  z.strictObject({
    system: z.literal('street').describe('The name of a street, looked up in the gazetteer'),
    column: columns.describe('Column of the street, or several joined by a space'),
    town: z.string().min(1).optional().describe('The town all streets of the file lie in'),
  }),
  z.strictObject({
    system: z.literal('area').describe('Only an area is known: counted in it, never put on a cell'),
    layer: slug.describe('Layer of the area, such as ward'),
    column: column.describe('Column of the name or code of the area'),
    within: column.optional().describe('Column of the larger area it lies in, where names repeat'),
  }),
]);

const categorySchema = z
  .strictObject({
    column: columns.optional().describe('Column of the category’s word; not needed beside a constant'),
    constant: code.optional().describe('The category of every row, for feeds of one kind of incident'),
    rules: z
      .array(z.strictObject({ when: when.describe(whenMeans), code: code.describe('The category of such rows') }))
      .optional()
      .describe('Tried before the words; the first that matches decides'),
    words: z.record(z.string(), code).optional().describe('Codes by word; tried before the mapping'),
    mapping: slug.optional().describe('File in taxonomy/mappings which gives the codes of this feed’s words'),
    codes: z.boolean().default(false).describe('Whether the column may hold the taxonomy’s codes themselves'),
    otherwise: code.optional().describe('The category of words nothing else knows; other.unmapped without it'),
    keep: z
      .boolean()
      .default(false)
      .describe('Whether the words are kept with the incident; those without a code of their own always are'),
  })
  .refine(({ column, constant }) => (column === undefined) !== (constant === undefined), 'name a column or a constant')
  .refine(
    ({ constant, mapping, codes, words, rules, otherwise }) =>
      codes || [constant, mapping, words, rules, otherwise].some((way) => way !== undefined),
    'name a mapping, or set "codes": true, or give words, rules, otherwise or a constant',
  );

const timeSchema = z.strictObject({
  from: columns.describe('Column of when it happened or began; several are joined by a space: date and time'),
  to: columns.optional().describe('Column of the end, where it happened some time between the two'),
  formats: z
    .array(z.enum(timeFormatNames))
    .min(1)
    .refine(
      (formats) => !formats.some((format) => format.startsWith('MM/')) || !formats.some((f) => f.startsWith('DD/')),
      'DD/MM/YYYY and MM/DD/YYYY cannot be told apart in one file; name one of the two',
    )
    .describe('The forms dates and times are written in; the first that fits is taken'),
  midnight: z
    .enum(['auto', 'day', 'time'])
    .default('auto')
    .describe(
      'What 00:00 means: the whole day, or the time. auto: the day, when the first rows (20 or more) have no other time',
    ),
});

const flagsSchema = z
  .strictObject({
    column: column.optional().describe('Column of flags, by code or name'),
    separator: z.string().length(1).default(';').describe('What stands between several flags in a cell'),
    rules: z
      .array(z.strictObject({ when: when.describe(whenMeans), flag: slug.describe('The flag such rows get') }))
      .optional()
      .describe('Every rule that matches adds its flag'),
  })
  .refine(({ column, rules }) => column !== undefined || rules !== undefined, 'name a column, or give rules');

const identitySchema = z.strictObject({
  id: columns.optional().describe('Rows that have an id are one incident per id'),
  also: z
    .array(column)
    .default([])
    .describe('Columns that, besides category, time, place and flags, tell rows without an id apart'),
});

const boundsSchema = z.strictObject({
  south: z.number().min(-90).max(90).describe('Least latitude'),
  west: z.number().min(-180).max(180).describe('Least longitude'),
  north: z.number().min(-90).max(90).describe('Greatest latitude'),
  east: z.number().min(-180).max(180).describe('Greatest longitude'),
});

const timeZone = z.string().refine((zone) => isTimeZone(zone), 'expected an IANA time zone such as Europe/London');

/** How one feed's files are read: which columns mean what, in which forms, and what tells incidents apart. */
export const profileSchema = z.strictObject({
  $schema: z.string().optional().describe('Where editors find the description of this form'),
  name: slug.describe('What the profile is called on the command line; the file is called the same'),
  title: z.string().min(1).describe('What the profile is called in a list'),
  about: z.string().default('').describe('What the feed is, and what to know of it'),
  source: z.string().min(1).describe('Name of the source unless the import is given another'),
  attribution: z.string().describe('The sentence the licence of the data asks for; may be empty'),
  required: z.array(column).describe('Columns a file must have; the others named here may be absent'),
  country: z.enum(['uk', 'any']).describe('Coordinates outside it are rejected; any: those that are no degrees'),
  bounds: boundsSchema.optional().describe('Coordinates outside this rectangle are rejected'),
  timeZone: timeZone.describe('Times with an offset are turned into this zone’s civil time'),
  files: z
    .array(z.string().min(1))
    .optional()
    .describe('Names of the files in a folder or zip that the profile is for, such as *-street.csv'),
  covers: z
    .enum(['month', 'any'])
    .default('any')
    .describe('month: the file’s name holds the month it covers (2023-01), and rows outside it are noted'),
  category: categorySchema.describe('What kind of incident it was'),
  time: timeSchema.describe('When it happened'),
  places: z
    .array(placeSchema)
    .describe('Ways to the place, tried in order; the first that is filled in, not masked and found counts'),
  location: columns.optional().describe('The place in words'),
  flags: flagsSchema.optional().describe('Marks an incident carries besides its category'),
  identity: identitySchema.describe('What makes a row the same incident as an earlier one'),
  ignore: z.array(column).optional().describe('Columns that are not kept: personal data nobody needs for a map'),
});
export type Profile = z.infer<typeof profileSchema>;
/** A profile as a file has it: what has a default may be left out. */
export type ProfileInput = z.input<typeof profileSchema>;
export type ProfilePlace = z.infer<typeof placeSchema>;
export type ProfileWhen = z.infer<typeof when>;

/** One folder of profiles, or several: the first that has the name counts. */
export type ProfileFolders = string | readonly string[];

/**
 * Reads the profile of a name from the folders, or from a path that ends in .json; an unknown name is answered with the
 * names there are.
 */
export async function loadProfile(folders: ProfileFolders, name: string): Promise<Profile> {
  if (name.endsWith('.json')) return readProfile(name, basename(name, '.json'));
  for (const folder of [folders].flat()) {
    if ((await namesIn(folder)).includes(name)) return readProfile(join(folder, `${name}.json`), name);
  }
  const names = await listProfiles(folders);
  const message = `There is no profile "${name}". Choose one of: ${names.join(', ')}.`;
  throw new InputError(message, { code: 'unknown-profile', details: { profiles: names } });
}

/** Every profile of the folders, in order of name; one that somebody has spoiled by hand must not hide the others. */
export async function loadProfiles(folders: ProfileFolders): Promise<Profile[]> {
  const names = await listProfiles(folders);
  const profiles = await Promise.all(names.map((name) => loadProfile(folders, name).catch(() => null)));
  return profiles.filter((profile) => profile !== null);
}

async function readProfile(path: string, name: string): Promise<Profile> {
  const profile = parseProfile(profileSchema, await readJson(path, z.unknown()), path);
  if (profile.name === name) return profile;
  throw new InputError(`${path} calls itself "${profile.name}". Name file and profile alike.`);
}

/** The names of the profiles in the folders, in order; a folder that is not there has none. */
export async function listProfiles(folders: ProfileFolders): Promise<string[]> {
  const names = await Promise.all([folders].flat().map(namesIn));
  return [...new Set(names.flat())].sort();
}

async function namesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .map((file) => file.slice(0, -'.json'.length));
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
