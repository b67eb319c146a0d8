import { Readable } from 'node:stream';
import { demoCsvLines } from '../demo/demo-csv-lines.ts';
import { demoWards } from '../demo/demo-wards.ts';
import { profilesFolder } from '../folders.ts';
import { loadProfile } from '../import/profile.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { Database } from '../store/database.ts';
import { isEmpty } from '../store/is-empty.ts';
import { writeAreas } from '../store/write-areas.ts';
import { type ImportReport, importFile } from './import-file.ts';

const attribution = 'Synthetic incidents, shaped after published tables of the Safer Hartlepool Partnership.';
const wardAttribution =
  'Wards drawn from H3 cells. Contains National Statistics and OS data © Crown copyright and database right 2016.';

/** Fills an empty database with the synthetic demo, through the ordinary import; does nothing to one that holds data. */
export async function fillDemo(
  database: Database,
  taxonomy: Taxonomy,
  onBegin: () => void = () => {},
): Promise<ImportReport | null> {
  if (!(await database.read(isEmpty))) return null;
  onBegin();
  const profile = { ...(await loadProfile(profilesFolder, 'incidents')), source: 'demo', attribution };
  await database.change((client) => {
    const wards = demoWards().features.map(({ properties, geometry }) => ({
      code: properties.WD13CD,
      name: properties.WD13NM,
      population: null,
      geometry,
    }));
    return writeAreas(client, { layer: 'ward', validFrom: '2013-12-01', attribution: wardAttribution }, wards);
  });
  return importFile(database, Readable.from(demoCsvLines(), { objectMode: true }), 'demo', {
    profile,
    taxonomy,
    importedBy: 'demo',
    now: '2019-01-01T00:00:00',
    synthetic: true,
    rejectsPath: null,
  });
}
