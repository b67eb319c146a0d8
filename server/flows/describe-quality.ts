import type { PoolClient } from 'pg';
import { NotFoundError } from '../errors.ts';
import { readObserved } from '../import/observed.ts';
import { acceptableHitRate, type ImportSummary, type Quality } from '../import-model.ts';
import { undatedVintage } from '../model.ts';
import type { Database } from '../store/database.ts';
import {
  countByArea,
  countCopies,
  countStacked,
  findSource,
  readQualityFiles,
  readQualityImport,
  readVintages,
  type Subject,
  sumMonths,
  sumPrecisions,
  type Vintage,
} from '../store/read-quality.ts';
import { readImport } from '../store/status.ts';
import { type Gathered, gatherFile, gatherHeld } from './gather-quality.ts';
import { judgeMonths, needsMoreMonths } from './judge-months.ts';
import { qualityNotes } from './quality-notes.ts';

/** Which areas to count by; the newest wards held unless told. */
export type QualityOptions = { readonly layer?: string | undefined; readonly vintage?: string | undefined };

/** The report on one import: what its file was like, and on which points and in which areas its incidents stand. */
export function describeImportQuality(database: Database, id: number, options: QualityOptions = {}): Promise<Quality> {
  return database.read(async (client) => {
    const [summary, record] = [await readImport(client, id), await readQualityImport(client, id)];
    if (!summary || !record) throw new NotFoundError(`there is no import ${id}; the list of imports has their numbers`);
    const subject = { sourceId: record.sourceId, importId: id };
    const observed = readObserved(record.quality);
    const gathered = observed
      ? gatherFile(record, observed)
      : gatherHeld(await sumPrecisions(client, subject), [record]);
    const { previousImport } = record;
    return describe(client, { ...subject, source: summary.source, summary, previousImport }, gathered, options);
  });
}

/** The report on all that is held of a source. */
export function describeSourceQuality(
  database: Database,
  name: string,
  options: QualityOptions = {},
): Promise<Quality> {
  return database.read(async (client) => {
    const source = await findSource(client, name);
    if (!source) throw new NotFoundError(`there is no source "${name}"; the list of what is held names the sources`);
    const subject = { sourceId: source.id, importId: null };
    const files = await readQualityFiles(client, source.id);
    const gathered = gatherHeld(await sumPrecisions(client, subject), files);
    return describe(client, { ...subject, source: name, summary: null, previousImport: null }, gathered, options);
  });
}

type Reported = Subject & {
  readonly source: string;
  readonly summary: ImportSummary | null;
  readonly previousImport: number | null;
};

async function describe(
  client: PoolClient,
  subject: Reported,
  gathered: Gathered,
  options: QualityOptions,
): Promise<Quality> {
  const { incidents, completeness, timePrecision, placed, placePrecision, masked, unmapped, repeatedIds } = gathered;
  const { coordinates, postcode, street } = placed;
  const vintage = await findVintage(client, options);
  const quality = {
    source: subject.source,
    import: subject.summary,
    incidents,
    completeness,
    timePrecision,
    placed,
    placePrecision,
    hitRate: incidents === 0 ? null : (coordinates + postcode + street) / incidents,
    acceptableHitRate,
    masked,
    stacked: await describeStacked(client, subject, vintage),
    duplicates: { sameContent: await countCopies(client, subject), repeatedIds },
    months: await describeMonths(client, subject, gathered),
    unmapped,
    areas: vintage && (await describeAreas(client, subject, vintage)),
  };
  return { ...quality, notes: qualityNotes(quality, gathered.oddities) };
}

async function describeStacked(
  client: PoolClient,
  subject: Subject,
  vintage: Vintage | null,
): Promise<Quality['stacked']> {
  const { points, located, places } = await countStacked(client, subject, vintage);
  const topTen = places.reduce((sum, { incidents }) => sum + incidents, 0);
  const named = places.map(({ location, area, incidents }) => ({
    location: location || (area === null ? '' : `a point in ${area}`),
    incidents,
  }));
  return { points, topTen, share: located === 0 ? null : topTen / located, places: named };
}

/** An import of a month or two is judged by the other months of its source. */
async function describeMonths(client: PoolClient, { sourceId, importId }: Subject, { months }: Gathered) {
  if (importId === null || !needsMoreMonths(months)) return judgeMonths(months);
  const held = await sumMonths(client, sourceId);
  return judgeMonths(
    months,
    new Map(held.filter(({ month }) => !months.has(month)).map((one) => [one.month, one.incidents])),
  );
}

async function describeAreas(client: PoolClient, subject: Reported, vintage: Vintage): Promise<Quality['areas']> {
  const { previousImport } = subject;
  const counts = await countByArea(client, subject, previousImport, vintage);
  const rows = counts.flatMap(({ code, name, incidents, previous }) =>
    code === null || name === null
      ? []
      : [{ code, name, incidents, previous: previousImport === null ? null : previous }],
  );
  const none = counts.find(({ code }) => code === null)?.incidents ?? 0;
  return { ...vintage, previousImport, rows, none };
}

/** What `vintage=` calls a vintage. */
const nameOf = ({ validFrom }: Vintage) => validFrom ?? undatedVintage;

/** The vintage asked for, else the newest; null when no layer was asked for and no wards are held. */
async function findVintage(client: PoolClient, { layer, vintage }: QualityOptions): Promise<Vintage | null> {
  const layers = await readVintages(client);
  const name = layer ?? 'ward';
  const vintages = layers.filter((one) => one.layer === name);
  const found = vintage === undefined ? vintages.at(-1) : vintages.find((one) => nameOf(one) === vintage);
  if (found) return { layer: name, validFrom: found.validFrom };
  if (layer === undefined && vintage === undefined) return null;
  const held = [...new Set(layers.map((one) => `${one.layer} ${nameOf(one)}`))].join(', ');
  const asked = vintage === undefined ? `layer "${name}"` : `vintage ${vintage} of the layer "${name}"`;
  throw new NotFoundError(
    `there is no ${asked}; ${held ? `held are ${held}` : 'load one with "npm run hotspot -- areas"'}`,
  );
}
