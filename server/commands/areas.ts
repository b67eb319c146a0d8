import { importAreas } from '../flows/import-areas.ts';
import { daySchema } from '../model.ts';
import type { Database } from '../store/database.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';

/** `areas <file.geojson> --layer ward`: takes in boundaries. */
export const areasCommand: Command = {
  usage: `areas <file.geojson> --layer ward [--valid-from 2025-05-01] [--population <csv>]
      Load boundaries: wards, LSOAs, districts.`,
  options: { layer: { type: 'string' }, 'valid-from': { type: 'string' }, population: { type: 'string' } },
  check({ positionals, values }) {
    if (positionals.length !== 1) throw new UsageError('areas takes one GeoJSON file');
    if (!values.layer) throw new UsageError('areas needs --layer, such as --layer ward');
    const from = values['valid-from'];
    if (from !== undefined && !daySchema.safeParse(from).success) {
      throw new UsageError(`--valid-from: "${from}" is not a day; write it as 2025-05-01`);
    }
  },
  needsDatabase: true,
  run: runAreas,
};

async function runAreas(database: Database, { positionals, values }: Arguments): Promise<void> {
  const report = await importAreas(database, positionals[0]!, {
    layer: String(values.layer),
    validFrom: values['valid-from'] as string | undefined,
    populationFile: values.population as string | undefined,
  });
  for (const line of report) say(line);
}
