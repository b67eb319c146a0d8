import { z } from 'zod';
import { InputError } from '../errors.ts';
import { type Opened, openRemote } from './byte-source.ts';
import { type Http, Interrupted, Refused } from './http.ts';
import { monthNumber, monthText } from './months.ts';
import { readJson } from './read-json.ts';
import type { Licence } from './record.ts';

/** The kinds of files that are handed out, the columns each must have, and the profile that reads it. */
export const policeUkKinds = {
  street: {
    columns: [
      'Crime ID',
      'Month',
      'Reported by',
      'Falls within',
      'Longitude',
      'Latitude',
      'Location',
      'LSOA code',
      'LSOA name',
      'Crime type',
      'Last outcome category',
      'Context',
    ],
    profile: 'police-uk-street',
  },
  'stop-and-search': {
    columns: ['Type', 'Date', 'Latitude', 'Longitude', 'Legislation', 'Object of search', 'Outcome'],
    profile: 'stop-and-search',
  },
} as const;
export type PoliceUkKind = keyof typeof policeUkKinds;

/** The licence of everything on data.police.uk. */
export const policeUkLicence: Licence = {
  title: 'Police data',
  about: 'Files of data.police.uk, published by the police forces of England, Wales and Northern Ireland.',
  attribution: 'Contains public sector information licensed under the Open Government Licence v3.0.',
};

/** Throws unless the text is a force as data.police.uk writes it, so that nothing else reaches an address or a path. */
export function checkForce(force: string): string {
  if (/^[a-z]+(-[a-z]+)*$/.test(force) && force.length <= 60) return force;
  throw new InputError(
    `--force: "${force}" is not a force; write it as data.police.uk does, such as avon-and-somerset`,
  );
}

/** The path of a file in an archive, and below the folder it is saved in. */
export function memberName(month: string, force: string, kind: PoliceUkKind): string {
  return `${month}/${month}-${force}-${kind}.csv`;
}

/** The forces that have a file of the kind in an archive, by its names. */
export function forcesIn(names: readonly string[], kind: PoliceUkKind): string[] {
  const matches = names.map((name) => /^\d{4}-\d\d\/\d{4}-\d\d-([a-z-]+?)-(street|stop-and-search)\.csv$/.exec(name));
  return [...new Set(matches.flatMap((match) => (match && match[2] === kind ? [match[1] as string] : [])))].sort();
}

const datesSchema = z.array(z.object({ date: z.string().regex(/^\d{4}-\d\d$/) })).min(1);

/** The newest month that is published, or null when the server (a mirror, say) does not tell. */
export async function latestMonth(http: Http, base: string): Promise<string | null> {
  const url = `${base}/api/crimes-street-dates`;
  try {
    return await http.ask(
      () => ({ url }),
      async (response, alive) => {
        const parsed = datesSchema.safeParse(await readJson(response, alive));
        if (!parsed.success) throw new Interrupted('it did not answer with a list of months');
        return parsed.data
          .map(({ date }) => date)
          .sort()
          .at(-1) as string;
      },
    );
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

const monthsInAnArchive = 36;

/**
 * Which archive to take each month from. The archive of a month holds the 36 months up to it, of all forces. The newest
 * that holds a month is taken, since outcomes are filled in for years; older months come from the one 36 months before.
 */
export function archivesFor(months: readonly string[], latest: string): Map<string, string[]> {
  const last = monthNumber(latest, 'latest');
  const archives = new Map<string, string[]>();
  for (const month of months) {
    const back = Math.floor((last - monthNumber(month, 'month')) / monthsInAnArchive);
    const archive = monthText(last - back * monthsInAnArchive);
    archives.set(archive, [...(archives.get(archive) ?? []), month]);
  }
  return archives;
}

/** Enough for the directory of an archive: about 4,700 names of 100 bytes, and as much again. */
const tailBytes = 2 ** 20;

/** Where an archive lies. */
export const archiveUrl = (base: string, month: string) => `${base}/data/archive/${month}.zip`;

/** Opens the archive of a month. */
export async function openArchive(http: Http, base: string, month: string): Promise<Opened> {
  try {
    return await openRemote(http, archiveUrl(base, month), tailBytes);
  } catch (error) {
    // the store of files behind the site says 403 for what is not there
    if (!(error instanceof Refused) || ![403, 404].includes(error.status)) throw error;
    throw new InputError(`there is no archive of ${month} (${error.message})`, { cause: error });
  }
}
