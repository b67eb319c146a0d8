import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { daySchema } from '../model.ts';

const weights = z.record(z.string(), z.number().nonnegative());
const position = { lat: z.number(), lng: z.number(), radiusMetres: z.number().positive() };

const wardsSchema = z.object({
  source: z.string(),
  licence: z.string(),
  resolution: z.number().int(),
  wards: z.array(z.object({ code: z.string(), name: z.string(), cells: z.array(z.string()).min(1) })),
});

const selection = {
  categories: z.array(z.string()).min(1),
  without: z.array(z.string()).default([]),
  from: daySchema.default('0000-01-01'),
  to: daySchema.default('9999-12-31'),
};

const targetsSchema = z.object({
  slots: z.array(z.object({ from: daySchema, to: daySchema })),
  strata: z.array(
    z.object({ category: z.string(), flags: z.array(z.string()).default([]), counts: z.array(z.number().int()) }),
  ),
  flagRules: z.array(z.object({ ...selection, flags: z.array(z.string()).min(1), count: z.number().int() })),
  wardRules: z.array(z.object({ ...selection, flags: z.array(z.string()).default([]), wards: weights })),
});

const placesSchema = z.object({
  places: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      ward: z.string(),
      ...position,
      streets: z.array(z.string()),
      shares: weights,
      rhythms: z.record(z.string(), weights).default({}),
    }),
  ),
  builtUp: z.array(z.object({ ward: z.string(), name: z.string(), ...position })),
});

const rhythmsSchema = z.object({
  rhythms: z.array(
    z.object({
      id: z.string(),
      hours: z.array(z.number()).length(24),
      weekdays: z.array(z.number()).length(7),
      days: weights.default({}),
      alcohol: z.number(),
      range: z.enum(['overnight', 'working-hours']).optional(),
    }),
  ),
  themes: z.array(
    z.object({
      theme: z.string(),
      categories: z.array(z.string()),
      flags: z.array(z.string()).default([]),
      rhythms: weights,
      background: z.enum(['streets', 'open']).default('streets'),
      dayOnly: z.number().default(0),
      unlocated: z.number().default(0),
    }),
  ),
});

/** Everything the demo is made from: the files of `data/demo/`. */
export type DemoData = {
  readonly wards: z.infer<typeof wardsSchema>;
  readonly targets: z.infer<typeof targetsSchema>;
  readonly places: z.infer<typeof placesSchema>;
  readonly rhythms: z.infer<typeof rhythmsSchema>;
};
export type Targets = DemoData['targets'];
export type FlagRule = Targets['flagRules'][number];
export type WardRule = Targets['wardRules'][number];
export type Slot = Targets['slots'][number];
export type Place = DemoData['places']['places'][number];
export type Rhythm = DemoData['rhythms']['rhythms'][number];
export type Theme = DemoData['rhythms']['themes'][number];

/** Reads and checks the files of `data/demo/`. */
export function readDemoData(): DemoData {
  return {
    wards: readFile('wards-2013.json', wardsSchema),
    targets: readFile('targets.json', targetsSchema),
    places: readFile('places.json', placesSchema),
    rhythms: readFile('rhythms.json', rhythmsSchema),
  };
}

function readFile<T>(name: string, schema: z.ZodType<T>): T {
  const url = new URL(`../../data/demo/${name}`, import.meta.url);
  try {
    return schema.parse(JSON.parse(readFileSync(url, 'utf8')));
  } catch (cause) {
    throw new InputError(`data/demo/${name} cannot be read: put back the file that came with the program.`, { cause });
  }
}
