import type { PoolClient } from 'pg';
import { eightDigits } from '../hex-digits.ts';
import type { Precision } from '../model.ts';
import { ahead } from './ahead.ts';
import { createBinaryWriter, uuidArray } from './binary-format.ts';
import { type CodeNumbers, readCodeNumbers } from './code-numbers.ts';
import type { Database } from './database.ts';
import { insertIncidents, type Origin, type PlacedRow, updateIncidents } from './incident-batch.ts';
import { type CellOf, createPlaceNumbers, type Placed, type PlaceNumbers } from './place-numbers.ts';
import { sql } from './sql.ts';
import { type SharedConnection, takeTurns } from './take-turns.ts';
import { bumpVersion } from './versions.ts';

/** The feed a file belongs to. */
export type Source = {
  readonly name: string;
  readonly profile: string;
  readonly attribution: string;
  readonly synthetic: boolean;
};

/** One row of a file as it goes into the database; identity and content are 32 hex digits. */
export type IncidentRow = Placed & {
  readonly identity: string;
  readonly content: string;
  readonly externalId: string | null;
  readonly category: string;
  readonly flags: readonly string[];
  readonly occurredFrom: string;
  readonly occurredTo: string | null;
  readonly precision: Precision;
  readonly attributes: Readonly<Record<string, string>>;
};

/** A file to be written. */
export type IncidentFile = {
  readonly source: Source;
  readonly name: string;
  readonly importedBy: string;
  readonly startedAt: string;
  /** The rows, some thousands at a time. */
  readonly batches: AsyncIterable<readonly IncidentRow[]>;
  /** What is known of the file once its batches are read. */
  readonly outcome: () => FileOutcome;
  readonly cellOf: CellOf;
  /** How many places are remembered while the file is written, if not as many as usual. */
  readonly mostPlacesRemembered?: number;
};

/** What is known of a file once it is read. */
export type FileOutcome = {
  readonly sha256: string;
  readonly rowsRead: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unlocated: number;
  readonly unmapped: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  /** What was observed of its columns, times and places, in a form of the reader's own. */
  readonly quality: object;
};

/** How many incidents are new and how many say something new, each counted once, and the days they touch. */
type Changes = {
  added: number;
  changed: number;
  firstTime: string | null;
  lastTime: string | null;
  /** How many rows told of an incident exactly what is held, by the import that had written it. */
  readonly foundHeld: Map<number, number>;
};

/**
 * Writes one file within one change of the database: nothing is visible to others before it commits. While a batch is
 * written, places are found for the next and the one after that is read, so that neither this process nor the database
 * waits for the other. When this fails, nothing of it is under way any more.
 */
export async function writeIncidents(
  client: PoolClient,
  kind: Database['kind'],
  file: IncidentFile,
): Promise<{ importId: number; added: number; changed: number }> {
  const { name, profile, attribution, synthetic } = file.source;
  const sourceId = await insertedId(client, 'upsert-source', [name, profile, attribution, synthetic]);
  const importId = await insertedId(client, 'insert-import', [sourceId, file.name, file.importedBy, file.startedAt]);
  await client.query(sql('plan-import'));
  const shared = takeTurns(client);
  const numbers = await readCodeNumbers(shared);
  const origin: Origin = { sourceId, importId, numbers, writer: createBinaryWriter() };
  const placesOf = createPlaceNumbers(shared, file.cellOf, file.mostPlacesRemembered);
  const changes: Changes = { added: 0, changed: 0, firstTime: null, lastTime: null, foundHeld: new Map() };
  const placed = ahead(placeBatches(ahead(file.batches), numbers, placesOf));
  for await (const batch of placed) await writeBatch(shared, kind, origin, batch, changes);
  const { added, changed } = changes;
  await finishImport(client, importId, file.outcome(), changes);
  if (added + changed > 0) {
    await client.query(sql('summarise-days'));
    await bumpVersion(client, { firstDay: dayOf(changes.firstTime), lastDay: dayOf(changes.lastTime), areas: false });
  }
  return { importId, added, changed };
}

async function insertedId(client: PoolClient, name: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await client.query<{ id: number }>(sql(name), [...values]);
  return rows[0]!.id;
}

/** The batches with the places of their rows, one row for each incident; an empty batch is left out. */
async function* placeBatches(
  batches: AsyncIterable<readonly IncidentRow[]>,
  numbers: CodeNumbers,
  placesOf: PlaceNumbers,
): AsyncGenerator<readonly PlacedRow[]> {
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    if (rows.length > mostRowsInBatch) throw new Error(`a batch of ${rows.length} rows is too large`);
    await numbers.learn(rows);
    yield oneOfEach(rows, await placesOf(rows));
  }
}

async function writeBatch(
  connection: SharedConnection,
  kind: Database['kind'],
  origin: Origin,
  placed: readonly PlacedRow[],
  changes: Changes,
): Promise<void> {
  const { added, changed } = await compareWithHeld(connection, origin, placed, changes);
  await updateIncidents(connection, origin, changed);
  await insertIncidents(connection, kind, origin, added);
}

/**
 * Whether a row replaces what is known of its incident. The later month stays (a month's file may repeat a crime of an
 * earlier month), so that the order of files makes no difference; else the last row read.
 */
function isNews(row: IncidentRow, knownFrom: string): boolean {
  return row.precision !== 'month' || row.occurredFrom >= knownFrom;
}

/** One row for each incident, in the order of their identities: neighbours go to the same page of the index. */
function oneOfEach(rows: readonly IncidentRow[], placeIds: Int32Array): PlacedRow[] {
  const kept: PlacedRow[] = [];
  let runPrefix = -1;
  let runStart = 0;
  for (const key of identityOrder(rows)) {
    const index = key % mostRowsInBatch;
    const prefix = (key - index) / mostRowsInBatch;
    if (prefix !== runPrefix) runStart = kept.length;
    runPrefix = prefix;
    const next = { row: rows[index]!, placeId: placeIds[index]! };
    const known = findFrom(kept, runStart, next.row.identity);
    if (known === -1) kept.push(next);
    else if (isNews(next.row, kept[known]!.row.occurredFrom)) kept[known] = next;
  }
  return kept;
}

const mostRowsInBatch = 2 ** 20;

/** The first eight digits of each identity with the row's number below them, sorted: numbers sort faster than texts. */
function identityOrder(rows: readonly IncidentRow[]): Float64Array {
  const keys = Float64Array.from(rows, ({ identity }, index) => eightDigits(identity, 0) * mostRowsInBatch + index);
  return keys.sort();
}

/** Where an identity stands among the last rows, which begin with the same digits; -1 when it does not. */
function findFrom(kept: readonly PlacedRow[], start: number, identity: string): number {
  for (let at = start; at < kept.length; at++) if (kept[at]!.row.identity === identity) return at;
  return -1;
}

/** Sorts a batch into incidents to add and incidents to change, and counts both. */
async function compareWithHeld(
  connection: SharedConnection,
  { sourceId, importId }: Origin,
  placed: readonly PlacedRow[],
  changes: Changes,
): Promise<{ added: readonly PlacedRow[]; changed: readonly PlacedRow[] }> {
  const { rows: held } = await connection.queryArrays<[number, number, string | null]>(sql('find-held'), [
    sourceId,
    uuidArray(placed.map(({ row }) => row.identity)),
    uuidArray(placed.map(({ row }) => row.content)),
  ]);
  const isHeld = new Uint8Array(placed.length);
  const changed: PlacedRow[] = [];
  for (const [position, writtenBy, heldFrom] of held) {
    isHeld[position - 1] = 1;
    const incoming = placed[position - 1]!;
    if (heldFrom === null || !isNews(incoming.row, heldFrom)) {
      if (writtenBy !== importId) changes.foundHeld.set(writtenBy, (changes.foundHeld.get(writtenBy) ?? 0) + 1);
      continue;
    }
    changed.push(incoming);
    // an incident that this import has added or changed before is counted already
    if (writtenBy !== importId) changes.changed++;
    noteTime(changes, heldFrom);
    noteTime(changes, incoming.row.occurredFrom);
  }
  const added = held.length === 0 ? placed : placed.filter((_, index) => isHeld[index] === 0);
  for (const { row } of added) noteTime(changes, row.occurredFrom);
  changes.added += added.length;
  return { added, changed };
}

function noteTime(changes: Changes, time: string): void {
  // rows of a month have the very same time
  if (time === changes.firstTime || time === changes.lastTime) return;
  if (changes.firstTime === null || time < changes.firstTime) changes.firstTime = time;
  if (changes.lastTime === null || time > changes.lastTime) changes.lastTime = time;
}

function dayOf(time: string | null): string | null {
  return time === null ? null : time.slice(0, 10);
}

async function finishImport(
  client: PoolClient,
  importId: number,
  outcome: FileOutcome,
  { added, changed, foundHeld }: Changes,
): Promise<void> {
  await client.query(sql('finish-import'), [
    importId,
    outcome.sha256,
    outcome.rowsRead,
    outcome.accepted,
    outcome.rejected,
    added,
    changed,
    outcome.unlocated,
    JSON.stringify(outcome.unmapped),
    JSON.stringify(outcome.notes),
    JSON.stringify(outcome.quality),
    JSON.stringify(Object.fromEntries(foundHeld)),
  ]);
}
