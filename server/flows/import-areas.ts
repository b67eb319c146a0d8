import { InputError } from '../errors.ts';
import { readAreas } from '../import/read-areas.ts';
import { type Populations, readPopulation } from '../import/read-population.ts';
import type { Day } from '../model.ts';
import type { Database } from '../store/database.ts';
import { writeAreas } from '../store/write-areas.ts';

export type AreasOptions = {
  readonly layer: string;
  /** First day of the boundaries; without it, the year in the file's own property names. */
  readonly validFrom: Day | undefined;
  readonly populationFile: string | undefined;
};

/** Takes in a boundary file, whole or not at all; returns what was done, as lines for a person. */
export async function importAreas(database: Database, path: string, options: AreasOptions): Promise<string[]> {
  const { layer } = options;
  if (!/^[a-z][a-z0-9-]*$/.test(layer)) {
    throw new InputError(`"${layer}" cannot be the name of a layer; use lower-case letters, such as ward or lsoa`);
  }
  const parsed = await readAreas(path, { layer });
  const population = options.populationFile
    ? await readPopulation(
        options.populationFile,
        parsed.areas.map(({ code }) => code),
      )
    : undefined;
  const validFrom = options.validFrom ?? parsed.validFrom;
  const vintage = { layer, validFrom, attribution: attributionOf(parsed.codeProperty, validFrom) };
  const rows = parsed.areas.map((area) => ({ ...area, population: population?.populations.get(area.code) ?? null }));
  const written = await database.change((client) => writeAreas(client, vintage, rows));
  return [
    `${written} areas of layer ${layer}, valid from ${validFrom ?? 'an unknown day'}; code from ${parsed.codeProperty}, name from ${parsed.nameProperty}`,
    ...describePopulation(population),
  ];
}

function describePopulation(population: Populations | undefined): string[] {
  if (!population) return [];
  const { populations, codeColumn, populationColumn, missing } = population;
  const lines = [
    `population of ${populations.size} areas; code from ${codeColumn}, residents from ${populationColumn}`,
  ];
  return missing.length === 0
    ? lines
    : [
        ...lines,
        `no population for ${missing.length} areas: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}`,
      ];
}

/** Boundaries with the property names of the Office for National Statistics carry its attribution. */
function attributionOf(codeProperty: string, validFrom: Day | null): string {
  if (!/^[A-Z]+\d{2}CD$/.test(codeProperty)) return '';
  const year = validFrom ? ` ${validFrom.slice(0, 4)}` : '';
  return `Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right${year}.`;
}
