import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { beforeAll, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { profilesFolder, taxonomyFolder } from '../../server/folders.ts';
import { type ParsedIncident, parseIncidents } from '../../server/import/parse-incidents.ts';
import { loadProfile, type Profile } from '../../server/import/profile.ts';
import { readRows } from '../../server/import/read-rows.ts';
import type { Reject } from '../../server/import/reject.ts';
import { loadTaxonomy, type Taxonomy } from '../../server/import/taxonomy.ts';
import { bngToWgs84 } from '../../server/locate/bng-to-wgs84.ts';
import { placeProblem } from '../../server/locate/place-problem.ts';
import { createRandom } from '../../server/statistics/random.ts';
import { mutate } from '../helpers/mutate.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const mutations = 10_000;
/** The beginning of each file is enough to break, and lets ten thousand be tried. */
const lines = 40;
const files: readonly (readonly [string, string])[] = [
  ['police-uk/cleveland/2022-03-cleveland-street.csv', 'police-uk-street'],
  ['police-uk/cleveland/2023-04-cleveland-street.csv', 'police-uk-street'],
  ['police-uk/stop-and-search/2023-07-cleveland-stop-and-search.csv', 'stop-and-search'],
  ['fire/avon_fire_incidents_2014-07_cp1252.csv', 'fire-irs-avon'],
  ['fire/lfb_incident_data_sample.csv', 'fire-irs-london'],
];

const locate = { bngToWgs84, placeProblem, postcode: () => null, street: () => null };
let taxonomy: Taxonomy;
const originals: { name: string; bytes: Buffer; profile: Profile }[] = [];

/** What came of a file: what it held, or the sentence with which it was refused. */
type Outcome = { readonly incidents: ParsedIncident[]; readonly rejects: Reject[]; readonly rowsRead: number } | string;

async function take(bytes: Buffer, name: string, profile: Profile): Promise<Outcome> {
  const incidents: ParsedIncident[] = [];
  const rejects: Reject[] = [];
  let rowsRead = 0;
  try {
    const rows = await readRows(Readable.from([bytes]), { name });
    for await (const batch of parseIncidents(rows, { profile, taxonomy, now: '2026-01-01T00:00:00', locate })) {
      incidents.push(...batch.incidents);
      rejects.push(...batch.rejects);
      rowsRead = batch.rowsRead;
    }
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return { incidents, rejects, rowsRead };
}

/** Sentences of a program that has lost its way rather than of one that explains. */
const lost = /undefined|\[object|NaN\b|is not a function|Cannot read|null\b.*null|Error:/;

function faultsOf(outcome: Outcome): string[] {
  if (typeof outcome === 'string') {
    return outcome.length > 20 && /[.!]$/.test(outcome) && !lost.test(outcome) ? [] : [`refused with "${outcome}"`];
  }
  const { incidents, rejects, rowsRead } = outcome;
  const faults: string[] = [];
  if (incidents.length + rejects.length !== rowsRead) faults.push('rows were lost');
  for (const { reason } of rejects)
    if (reason.length < 15 || lost.test(reason)) faults.push(`rejected with "${reason}"`);
  for (const incident of incidents) if (!isSound(incident)) faults.push(`took ${JSON.stringify(incident)}`);
  return faults;
}

function isSound({ lat, lng, placedBy, area, category, occurredFrom, occurredTo, identity, content }: ParsedIncident) {
  const isPlaced =
    placedBy === 'area only'
      ? lat === null && lng === null && area !== null
      : placedBy === null
        ? lat === null && lng === null
        : placeProblem('uk', { lat: lat!, lng: lng! }) === null;
  const isTimed =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(occurredFrom) &&
    !Number.isNaN(Date.parse(`${occurredFrom}Z`)) &&
    (occurredTo === null || occurredTo >= occurredFrom);
  return (
    isPlaced &&
    isTimed &&
    taxonomy.hasCategory(category) &&
    /^[0-9a-f]{32}$/.test(identity) &&
    /^[0-9a-f]{32}$/.test(content)
  );
}

describeWithSharedData('real files, broken in ten thousand ways', () => {
  beforeAll(async () => {
    taxonomy = await loadTaxonomy(taxonomyFolder);
    for (const [path, profile] of files) {
      const bytes = readFileSync(sharedData(path));
      let end = 0;
      for (let line = 0; line < lines && end >= 0; line++) end = bytes.indexOf(0x0a, end) + 1 || bytes.length;
      originals.push({
        name: path,
        bytes: bytes.subarray(0, end),
        profile: await loadProfile([profilesFolder], profile),
      });
    }
  });

  test('are taken whole before they are broken', async () => {
    for (const { name, bytes, profile } of originals) {
      const outcome = await take(bytes, name, profile);
      expect(faultsOf(outcome), name).toEqual([]);
      expect(typeof outcome === 'string' ? outcome : outcome.rejects, name).toEqual([]);
    }
  });

  test('are taken as far as they make sense, or refused in a sentence; nothing crashes, nothing hangs', async () => {
    const random = createRandom(7);
    const counts = { refused: 0, withRejects: 0, whole: 0 };
    let slowest = 0;
    for (let mutation = 0; mutation < mutations; mutation++) {
      const { name, bytes, profile } = originals[mutation % originals.length]!;
      const broken = mutate(bytes, random);
      const began = performance.now();
      const outcome = await take(broken, 'broken.csv', profile);
      slowest = Math.max(slowest, performance.now() - began);
      const faults = faultsOf(outcome);
      if (faults.length > 0) expect(faults, `mutation ${mutation} of ${name}`).toEqual([]);
      if (typeof outcome === 'string') counts.refused++;
      else if (outcome.rejects.length > 0) counts.withRejects++;
      else counts.whole++;
    }
    console.log(`of ${mutations}: ${JSON.stringify(counts)}; the slowest took ${slowest.toFixed(0)} ms`);
    // the faults are of use only if they break something and leave something
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(mutations / 50);
    // a file of forty lines that takes seconds would take hours at its real length
    expect(slowest).toBeLessThan(5_000);
  }, 600_000);
});
