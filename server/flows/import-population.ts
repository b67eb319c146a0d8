import { InputError } from '../errors.ts';
import { type Populations, readPopulation } from '../import/read-population.ts';
import { type Day, vintageWords } from '../model.ts';
import type { Database } from '../store/database.ts';
import { listVintages, writePopulations } from '../store/write-areas.ts';
import { some } from './wording.ts';

export type PopulationOptions = {
  readonly layer: string;
  /** First day of the vintage that gets the figures; without it, the newest. */
  readonly validFrom: Day | undefined;
  /** The column of residents, where the file has several. */
  readonly column?: string | undefined;
};

type Held = { readonly validFrom: string | null; readonly codes: readonly string[] };

/** Gives areas that are held their residents; returns what was done, as lines for a person. */
export async function importPopulation(
  database: Database,
  path: string,
  options: PopulationOptions,
): Promise<string[]> {
  const { layer } = options;
  const vintages = await database.read((client) => listVintages(client, layer));
  const { validFrom, codes } = findVintage(layer, vintages, options.validFrom);
  const population = await readPopulation(path, codes, { column: options.column });
  await database.change((client) => writePopulations(client, { layer, validFrom }, population.populations));
  return [
    `for the ${codes.length} ${vintageWords(layer, validFrom)}:`,
    ...describePopulation(population),
    ...betterVintage(layer, validFrom, vintages, population),
  ];
}

function findVintage(layer: string, vintages: readonly Held[], wanted: Day | undefined): Held {
  const found = wanted === undefined ? vintages.at(-1) : vintages.find(({ validFrom }) => validFrom === wanted);
  if (found) return found;
  const held = vintages.map(({ validFrom }) => validFrom ?? 'undated').join(', ');
  throw new InputError(
    vintages.length === 0
      ? `there are no areas of the layer ${layer} to give residents to; load their boundaries first`
      : `there is no vintage ${wanted} of the layer ${layer}; held are ${held}`,
  );
}

/** What a table of residents had for the areas, and what not. */
export function describePopulation({
  populations,
  codeColumn,
  populationColumn,
  missing,
  unknown,
}: Populations): string[] {
  return [
    `population of ${populations.size} areas; code from ${codeColumn}, residents from ${populationColumn}`,
    ...(missing.length > 0 ? [`no population for ${missing.length} areas: ${some(missing)}`] : []),
    ...(unknown.length > 0 ? [`${unknown.length} codes of the file are of none of the areas: ${some(unknown)}`] : []),
  ];
}

/** A table made for other boundaries fits most of these too: most LSOAs of 2011 and 2021 have the same codes. */
function betterVintage(
  layer: string,
  taken: string | null,
  vintages: readonly Held[],
  { populations, unknown }: Populations,
): string[] {
  const inFile = new Set([...populations.keys(), ...unknown]);
  const fits = ({ codes }: Held) => codes.filter((code) => inFile.has(code)).length;
  const better = vintages.find((held) => held.validFrom !== taken && fits(held) > populations.size);
  if (!better) return [];
  const option = better.validFrom === null ? '' : `: load it again with --valid-from ${better.validFrom}`;
  return [
    `the file seems to be made for the ${vintageWords(layer, better.validFrom)}, ${fits(better)} of which it has${option}`,
  ];
}
