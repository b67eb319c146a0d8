import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './read-json.ts';

const harmSchema = z.strictObject({
  title: z.string().min(1),
  version: z.string().min(1),
  source: z.string().min(1).describe('Who made the weights, and where they are published'),
  licence: z.string().min(1),
  unit: z.string().min(1).describe('What a weight is, such as days of imprisonment'),
  weights: z
    .record(z.string(), z.number().nonnegative())
    .describe('Weight by category code; a code takes all below it'),
});

/** Weights that tell how much harm an incident of each category stands for. */
export type HarmIndex = {
  readonly title: string;
  readonly version: string;
  readonly unit: string;
  readonly source: string;
  /** The weight of a category, or of the nearest category above it; 0 without one. */
  weightOf(category: string): number;
};

/** The harm index in a folder: the last of its JSON files by name, so that a new version stands beside the old; null without any. */
export async function loadHarmIndex(directory: string): Promise<HarmIndex | null> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const last = names.at(-1);
  if (!last) return null;
  const { title, version, unit, source, weights } = await readJson(
    join(directory, last),
    harmSchema as z.ZodType<z.infer<typeof harmSchema>>,
  );
  const byCode = new Map(Object.entries(weights));
  return { title, version, unit, source, weightOf: (category) => nearest(byCode, category) };
}

function nearest(weights: ReadonlyMap<string, number>, category: string): number {
  for (let code = category; ; code = code.slice(0, code.lastIndexOf('.'))) {
    const weight = weights.get(code);
    if (weight !== undefined) return weight;
    if (!code.includes('.')) return 0;
  }
}
