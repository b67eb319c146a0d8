import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { timeFormatNames } from './parse-time.ts';
import { readJson } from './read-json.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens');
const column = z.string().trim().min(1, 'expected the name of a column');

const placeSchema = z.discriminatedUnion('system', [
  z.strictObject({ system: z.literal('wgs84'), lat: column, lng: column }),
  z.strictObject({ system: z.literal('bng'), easting: column, northing: column }),
]);

const categorySchema = z
  .strictObject({
    column,
    mapping: slug.optional().describe('File in taxonomy/mappings which gives the codes of this feed’s words'),
    codes: z.boolean().default(false).describe('Whether the column may hold the taxonomy’s codes themselves'),
  })
  .refine(({ mapping, codes }) => mapping !== undefined || codes, 'name a mapping, or set "codes": true');

const timeZone = z.string().refine((zone) => isTimeZone(zone), 'expected an IANA time zone such as Europe/London');

/** How one feed's files are read: which columns mean what, in which forms, and what tells incidents apart. */
export const profileSchema = z.strictObject({
  name: slug,
  title: z.string().min(1),
  about: z.string().default(''),
  source: z.string().min(1).describe('Name of the source unless the import is given another'),
  attribution: z.string(),
  required: z.array(column).describe('Columns a file must have; the others named here may be absent'),
  country: z.enum(['uk']).describe('Coordinates outside it are rejected'),
  timeZone: timeZone.describe('Times with an offset are turned into this zone’s civil time'),
  category: categorySchema,
  time: z.strictObject({ from: column, to: column.optional(), formats: z.array(z.enum(timeFormatNames)).min(1) }),
  places: z.array(placeSchema).min(1).describe('Pairs of coordinate columns; the first pair filled in counts'),
  location: column.optional(),
  flags: z.strictObject({ column, separator: z.string().length(1) }).optional(),
  identity: z.strictObject({
    id: column.optional().describe('Rows that have an id are one incident per id'),
    also: z
      .array(column)
      .default([])
      .describe('Columns that, besides category, time, place and flags, tell rows without an id apart'),
  }),
});
export type Profile = z.infer<typeof profileSchema>;

/** Reads the profile of a name from a folder of profiles; an unknown name is answered with the names there are. */
export async function loadProfile(directory: string, name: string): Promise<Profile> {
  const names = await listProfiles(directory);
  if (!names.includes(name)) {
    const message = `There is no profile "${name}". Choose one of: ${names.join(', ')}.`;
    throw new InputError(message, { code: 'unknown-profile', details: { profiles: names } });
  }
  const path = join(directory, `${name}.json`);
  const profile = await readJson(path, profileSchema as z.ZodType<Profile>);
  if (profile.name !== name)
    throw new InputError(`${path} calls itself "${profile.name}". Name file and profile alike.`);
  return profile;
}

/** The names of the profiles in a folder, in order. */
export async function listProfiles(directory: string): Promise<string[]> {
  const files = await readdir(directory);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
