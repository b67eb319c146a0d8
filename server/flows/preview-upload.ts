import { InputError } from '../errors.ts';
import { dataColumns, matchColumns } from '../import/match-columns.ts';
import { loadProfiles, type Profile } from '../import/profile.ts';
import { proposeProfile } from '../import/propose-profile.ts';
import { readRows } from '../import/read-rows.ts';
import type { Rows } from '../import/rows.ts';
import { loadTaxonomy } from '../import/taxonomy.ts';
import type { Preview, ReadingOptions } from '../import-model.ts';
import { placeProblem } from '../locate/place-problem.ts';

/** What to look at, and where profiles and categories are; data only, since a thread does it. */
export type PreviewWork = {
  readonly path: string;
  readonly name: string;
  readonly reading: ReadingOptions;
  readonly profileFolders: readonly string[];
  readonly taxonomyFolder: string;
};

const shownRows = 20;
/** Columns are recognised by the first rows, and by every so many of those after them, up to a last. */
const firstRows = 1_000;
const everyRow = 50;
const lastRow = 40_000;
const longestShown = 200;

/** Shows the first rows of a file, the saved profiles that fit it, and a mapping made from its names and contents. */
export async function previewUpload(work: PreviewWork): Promise<Preview> {
  const rows = await readRows(work.path, { name: work.name, ...work.reading });
  try {
    const columns = dataColumns(rows.header);
    const skip = rows.header.length - columns.length;
    const cells = (await someRows(rows)).map((fields) => fields.slice(skip));
    const taxonomy = await loadTaxonomy(work.taxonomyFolder);
    const inUk = (lat: number, lng: number) => placeProblem('uk', { lat, lng }) === null;
    return {
      columns: [...columns],
      rows: cells.slice(0, shownRows).map((row) => row.map((cell) => cell.slice(0, longestShown))),
      encoding: rows.layout.encoding,
      delimiter: rows.layout.delimiter,
      fitting: await fittingProfiles(work.profileFolders, work.name, rows.header),
      proposal: proposeProfile({ fileName: work.name, columns, rows: cells, taxonomy, inUk }),
    };
  } finally {
    await rows.close();
  }
}

/**
 * The first rows, and some of those after them: files are sorted by date, and the first may all be of one day, which
 * tells neither day from month nor rare words from common ones.
 */
async function someRows(rows: Rows): Promise<(readonly string[])[]> {
  const found: (readonly string[])[] = [];
  let seen = 0;
  for await (const batch of rows.batches) {
    for (const { fields, problem } of batch) {
      const isWanted = found.length < firstRows || seen % everyRow === 0;
      if (problem === null && isWanted) found.push(fields);
      seen++;
    }
    if (seen >= lastRow) break;
  }
  return found;
}

/** Profiles that the file has all the columns for, the ones that need most first. */
async function fittingProfiles(
  folders: readonly string[],
  fileName: string,
  header: readonly string[],
): Promise<Preview['fitting']> {
  const fitting = (await loadProfiles(folders)).filter((profile) => fits(profile, fileName, header));
  return fitting.sort((a, b) => b.required.length - a.required.length).map(({ name, title }) => ({ name, title }));
}

function fits(profile: Profile, fileName: string, header: readonly string[]): boolean {
  try {
    matchColumns(fileName, header, profile);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
