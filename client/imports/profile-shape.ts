import { z } from 'zod';

/** A column, or several that are joined by a space. */
const columns = z.union([z.string(), z.array(z.string())]);

const placeSchema = z.discriminatedUnion('system', [
  z.looseObject({ system: z.literal('wgs84'), lat: z.string(), lng: z.string() }),
  z.looseObject({ system: z.literal('bng'), easting: z.string(), northing: z.string() }),
  z.looseObject({ system: z.literal('postcode'), column: z.string() }),
  z.looseObject({ system: z.literal('street'), column: columns, town: z.string().optional() }),
  z.looseObject({ system: z.literal('area'), layer: z.string(), column: z.string(), within: z.string().optional() }),
]);

/**
 * The parts of a profile the page shows and changes; all else in it is kept as it is. The whole of it is described by
 * `data/profiles/profile.schema.json` and checked by the service, which has the last word.
 */
export const profileSchema = z.looseObject({
  name: z.string().default(''),
  title: z.string().default(''),
  source: z.string().default(''),
  attribution: z.string().default(''),
  required: z.array(z.string()).default([]),
  timeZone: z.string().default('Europe/London'),
  country: z.string().default('uk'),
  category: z.looseObject({
    column: columns.optional(),
    constant: z.string().optional(),
    mapping: z.string().optional(),
    words: z.record(z.string(), z.string()).optional(),
    codes: z.boolean().optional(),
  }),
  time: z.looseObject({ from: columns.optional(), to: columns.optional(), formats: z.array(z.string()).default([]) }),
  places: z.array(placeSchema).default([]),
  location: columns.optional(),
  flags: z.looseObject({ column: z.string().optional(), separator: z.string().optional() }).optional(),
  identity: z.looseObject({ id: columns.optional(), also: z.array(z.string()).default([]) }).default({ also: [] }),
});
export type ProfileShape = z.infer<typeof profileSchema>;
export type PlaceShape = z.infer<typeof placeSchema>;
