import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ParsedIncident } from '../../server/import/parse-incidents.ts';
import { parseIncidents } from '../../server/import/parse-incidents.ts';
import { loadProfile } from '../../server/import/profile.ts';
import { type ReadOptions, readRows } from '../../server/import/read-rows.ts';
import type { Reject } from '../../server/import/reject.ts';
import type { Row } from '../../server/import/rows.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { bngToWgs84 } from '../../server/locate/bng-to-wgs84.ts';
import { placeProblem } from '../../server/locate/place-problem.ts';

const project = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const profiles = project('data/profiles');
export const taxonomyFolder = project('data/taxonomy');
export const locate = { bngToWgs84, placeProblem };
export const now = '2025-06-15T12:00:00';

const taxonomy = await loadTaxonomy(taxonomyFolder);

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

/** Parses a CSV, given as text or as the path of a file, under one of the project's profiles. */
export async function parse(input: { text: string } | { path: string }, profileName = 'incidents') {
  const source = 'path' in input ? input.path : streamOf(input.text);
  const rows = await readRows(source, 'path' in input ? {} : { name: 'test.csv' });
  const profile = await loadProfile(profiles, profileName);
  const incidents: ParsedIncident[] = [];
  const rejects: Reject[] = [];
  let [rowsRead, unmapped, unknownFlags]: [number, ReadonlyMap<string, number>, ReadonlyMap<string, number>] = [
    0,
    new Map(),
    new Map(),
  ];
  for await (const batch of parseIncidents(rows, { profile, taxonomy, locate, now })) {
    incidents.push(...batch.incidents);
    rejects.push(...batch.rejects);
    ({ rowsRead, unmapped, unknownFlags } = batch);
  }
  return { incidents, rejects, rowsRead, unmapped, unknownFlags, header: rows.header };
}
