import { importAreas } from '../flows/import-areas.ts';
import { importPopulation } from '../flows/import-population.ts';
import { daySchema } from '../model.ts';
import type { Database } from '../store/database.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';

/** `areas <file.geojson> --layer ward`: takes in boundaries, or residents for those that are held. */
export const areasCommand: Command = {
  usage: `areas <file.geojson> --layer ward [--valid-from 2025-05-01] [--code <property> --name <property>]
      [--population <csv> [--column <name>]]
      Load boundaries: wards, LSOAs, districts, beats or any others, one vintage beside the other.
  areas --layer ward --population <csv> [--column <name>] [--valid-from 2025-05-01]
      Load residents for boundaries that are held: the newest, or those of a day.`,
  options: {
    layer: { type: 'string' },
    'valid-from': { type: 'string' },
    code: { type: 'string' },
    name: { type: 'string' },
    population: { type: 'string' },
    column: { type: 'string' },
  },
  check({ positionals, values }) {
    const { layer, 'valid-from': from, code, name, population, column } = values;
    if (positionals.length > 1) throw new UsageError('areas takes one GeoJSON file');
    if (positionals.length === 0 && population === undefined)
      throw new UsageError('areas takes one GeoJSON file, or --population <csv> for areas that are held');
    if (!layer) throw new UsageError('areas needs --layer, such as --layer ward');
    if (from !== undefined && !daySchema.safeParse(from).success)
      throw new UsageError(`--valid-from: "${from}" is not a day; write it as 2025-05-01`);
    if (column !== undefined && population === undefined)
      throw new UsageError('--column names a column of the file of --population, which is not given');
    if (positionals.length === 0 && (code !== undefined || name !== undefined))
      throw new UsageError('--code and --name are properties of a boundary file, which is not given');
  },
  needsDatabase: true,
  run: runAreas,
};

async function runAreas(database: Database, { positionals, values }: Arguments): Promise<void> {
  const text = (option: string) => values[option] as string | undefined;
  const [path] = positionals;
  const about = { layer: String(values.layer), validFrom: text('valid-from') };
  const population = text('population');
  const report =
    path === undefined
      ? await importPopulation(database, String(population), { ...about, column: text('column') })
      : await importAreas(database, path, {
          ...about,
          code: text('code'),
          name: text('name'),
          populationFile: population,
          populationColumn: text('column'),
        });
  for (const line of report) say(line);
}
