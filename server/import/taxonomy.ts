import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { readJson } from './read-json.ts';

/** The code of an incident whose category word no mapping knows; the word itself is kept with the incident. */
export const unmappedCategory = 'other.unmapped';

const codeSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/, 'expected a dotted code');
const entrySchema = z.looseObject({ code: codeSchema, name: z.string().min(1) });
const categoriesSchema = z.looseObject({ categories: z.array(entrySchema), flags: z.array(entrySchema).default([]) });
const mappingSchema = z.looseObject({
  about: z.string().optional(),
  words: z.record(z.string(), codeSchema),
});

export type TaxonomyEntry = { readonly code: string; readonly name: string };

/** The tree of category codes, the flags, and the mappings from each feed's words to codes. */
export type Taxonomy = {
  readonly categories: readonly TaxonomyEntry[];
  readonly flags: readonly TaxonomyEntry[];
  readonly hasCategory: (code: string) => boolean;
  readonly hasFlag: (code: string) => boolean;
  /** The code of a flag written as its code or its name; null when there is no such flag. */
  readonly flagOf: (word: string) => string | null;
  readonly nameOf: (code: string) => string | null;
  readonly hasMapping: (mapping: string) => boolean;
  /** The mappings, and how many words each knows. */
  readonly mappings: readonly { readonly name: string; readonly words: number }[];
  /** The code of a feed's word, however it is capitalised and spaced; null when the mapping lacks it. */
  readonly codeOf: (mapping: string, word: string) => string | null;
};

/** Reads `categories.json` and `mappings/*.json` of a taxonomy folder, and checks that they agree. */
export async function loadTaxonomy(directory: string): Promise<Taxonomy> {
  const path = join(directory, 'categories.json');
  const { categories, flags } = await readJson(path, categoriesSchema);
  const names = new Map(categories.map(({ code, name }) => [code, name]));
  if (names.size !== categories.length) throw new InputError(`${path} has a category code twice. Remove one.`);
  if (!names.has(unmappedCategory)) throw new InputError(`${path} lacks the category ${unmappedCategory}. Add it.`);
  const flagCodes = new Set(flags.map(({ code }) => code));
  const flagWords = new Map(flags.flatMap(({ code, name }) => [code, name].map((word) => [flagSlug(word), code])));
  const mappings = await loadMappings(join(directory, 'mappings'), names);
  return {
    categories,
    flags,
    hasCategory: (code) => names.has(code),
    hasFlag: (code) => flagCodes.has(code),
    flagOf: (word) => flagWords.get(flagSlug(word)) ?? null,
    nameOf: (code) => names.get(code) ?? null,
    hasMapping: (mapping) => mappings.has(mapping),
    mappings: [...mappings].map(([name, words]) => ({ name, words: words.size })),
    codeOf: (mapping, word) => mappings.get(mapping)?.get(foldWord(word)) ?? null,
  };
}

type Mappings = ReadonlyMap<string, ReadonlyMap<string, string>>;

async function loadMappings(directory: string, names: ReadonlyMap<string, string>): Promise<Mappings> {
  const files = await readdir(directory).catch(() => []);
  const mappings = new Map<string, ReadonlyMap<string, string>>();
  for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
    const path = join(directory, file);
    const { words } = await readJson(path, mappingSchema);
    for (const [word, code] of Object.entries(words)) {
      if (names.has(code)) continue;
      throw new InputError(`${path} maps "${word}" to ${code}, which categories.json does not have.`);
    }
    mappings.set(
      file.slice(0, -'.json'.length),
      new Map(Object.entries(words).map(([word, code]) => [foldWord(word), code])),
    );
  }
  return mappings;
}

/** Words are compared without regard to capitals and runs of spaces. */
export function foldWord(word: string): string {
  return word.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

function flagSlug(word: string): string {
  return foldWord(word).replaceAll(/[ _]/g, '-');
}
