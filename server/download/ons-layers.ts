import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../errors.ts';

// these become parts of an address and of a where clause
const serviceSchema = z.string().regex(/^\w+$/);
const columnSchema = z.string().regex(/^[A-Z]\w*$/);

const yearSchema = z
  .strictObject({
    service: serviceSchema,
    code: columnSchema,
    /** The column of the district; a layer without one is reached by way of the lookup. */
    district: columnSchema.optional(),
    lookup: z.strictObject({ service: serviceSchema, code: columnSchema, district: columnSchema }).optional(),
    validFrom: z.iso.date(),
  })
  .refine((year) => (year.district === undefined) !== (year.lookup === undefined), 'expected district or lookup');

const layersSchema = z.object({
  layers: z.record(
    z.string(),
    z.strictObject({ layer: z.string(), years: z.record(z.string().regex(/^\d{4}$/), yearSchema) }),
  ),
});

/** One layer of boundaries of one year at the ONS Open Geography portal. */
export type OnsLayer = z.infer<typeof yearSchema> & {
  readonly kind: string;
  /** The name of the layer here: `ward`, `lsoa`, `district`. */
  readonly layer: string;
  readonly year: string;
};

/** Finds the layer of a kind and year in the file of layers; without a year the newest. */
export async function findOnsLayer(path: string, kind: string, year: string | undefined): Promise<OnsLayer> {
  const { layers } = layersSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const found = Object.hasOwn(layers, kind) ? layers[kind] : undefined;
  if (!found) throw new InputError(`there are no boundaries "${kind}"; there are ${Object.keys(layers).join(', ')}`);
  const years = Object.keys(found.years).sort();
  const wanted = year ?? (years.at(-1) as string);
  const layer = Object.hasOwn(found.years, wanted) ? found.years[wanted] : undefined;
  if (!layer) throw new InputError(`--year: there are no ${kind} of "${wanted}"; there are ${years.join(', ')}`);
  return { ...layer, kind, layer: found.layer, year: wanted };
}
