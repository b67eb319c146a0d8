import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type ParsedBatch, type ParsedIncident, parseIncidents } from '../../server/import/parse-incidents.ts';
import type { Locate } from '../../server/import/parse-place.ts';
import { parseProfile } from '../../server/import/parse-profile.ts';
import { loadProfile, type Profile, type ProfileInput, profileSchema } from '../../server/import/profile.ts';
import { type ReadOptions, readRows } from '../../server/import/read-rows.ts';
import type { Reject } from '../../server/import/reject.ts';
import type { Row } from '../../server/import/rows.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { bngToWgs84 } from '../../server/locate/bng-to-wgs84.ts';
import { placeProblem } from '../../server/locate/place-problem.ts';

const project = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const profiles = project('data/profiles');
export const taxonomyFolder = project('data/taxonomy');
/** Profiles of files that only tests read. */
export const fixtureProfiles = project('test/fixtures/profiles');
export const locate: Locate = { bngToWgs84, placeProblem, postcode: () => null, street: () => null };
export const now = '2025-06-15T12:00:00';

export const taxonomy = await loadTaxonomy(taxonomyFolder);

/** A stream of bytes or text, in pieces of a given size. */
export function streamOf(content: string | Uint8Array, pieceLength = 1 << 16): Readable {
  const bytes = Buffer.from(content as Uint8Array);
  const pieces: Buffer[] = [];
  for (let i = 0; i < bytes.length; i += pieceLength) pieces.push(bytes.subarray(i, i + pieceLength));
  return Readable.from(pieces, { objectMode: true });
}

/** Header and records of a CSV given as text or bytes. */
export async function rowsOf(content: string | Uint8Array, pieceLength?: number, told: ReadOptions = {}) {
  const rows = await readRows(streamOf(content, pieceLength), { name: 'test.csv', ...told });
  const records: Row[] = [];
  for await (const batch of rows.batches) records.push(...batch);
  return { header: rows.header, records, fields: records.map(({ fields }) => fields), rows };
}

/** A profile as a file would have it, checked. */
export function profileOf(input: ProfileInput): Profile {
  return parseProfile(profileSchema, input, 'The profile');
}

type ParseInput = { text: string; name?: string } | { path: string };

/** Parses a CSV, given as text or as the path of a file, under a profile or one of the project's by name. */
export async function parse(
  input: ParseInput,
  profileOrName: string | Profile = 'incidents',
  options: { locate?: Locate } = {},
) {
  const source = 'path' in input ? input.path : streamOf(input.text);
  const rows = await readRows(source, 'path' in input ? {} : { name: input.name ?? 'test.csv' });
  const profile = typeof profileOrName === 'string' ? await loadProfile(profiles, profileOrName) : profileOrName;
  const incidents: ParsedIncident[] = [];
  const rejects: Reject[] = [];
  let last: ParsedBatch | undefined;
  const given = { profile, taxonomy, locate: options.locate ?? locate, now };
  for await (const batch of parseIncidents(rows, given)) {
    incidents.push(...batch.incidents);
    rejects.push(...batch.rejects);
    last = batch;
  }
  if (!last) throw new Error('the file has no rows');
  return { ...last, incidents, rejects, header: rows.header, words: last.words() };
}
