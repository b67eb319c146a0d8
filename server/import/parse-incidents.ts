import type { PlacedBy } from '../import-model.ts';
import type { Precision } from '../model.ts';
import { createTally, type Tally } from './create-tally.ts';
import type { Locate } from './parse-place.ts';
import { createRowParser } from './parse-row.ts';
import type { Profile } from './profile.ts';
import type { Reject } from './reject.ts';
import type { Rows } from './rows.ts';
import type { Taxonomy } from './taxonomy.ts';

/** An area as a file names it: by code or name, where need be within a larger one. */
export type NamedArea = { readonly layer: string; readonly name: string; readonly within: string };

/** An incident as a file told it, ready to be stored. */
export type ParsedIncident = {
  readonly line: number;
  /** The feed's own id; null when the row has none. */
  readonly externalId: string | null;
  readonly category: string;
  /** Local civil time, `2018-03-01T23:30:00`; the first moment it can mean when the precision is coarse. */
  readonly occurredFrom: string;
  /** The last moment it can have happened; null when the row gives none. Never before `occurredFrom`. */
  readonly occurredTo: string | null;
  readonly precision: Precision;
  readonly lat: number | null;
  readonly lng: number | null;
  /** How the place was found; null for an incident without one. */
  readonly placedBy: PlacedBy | null;
  /** How far the point may lie from where it happened, in metres; null where the feed does not say. */
  readonly withinMetres: number | null;
  /** The area it happened in, where that is all that is known of the place. */
  readonly area: NamedArea | null;
  readonly location: string;
  readonly flags: readonly string[];
  /** The other columns that are filled in, under the file's own names. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Stands for the incident within its source: 32 hex digits. The same id has the same identity in every file. */
  readonly identity: string;
  /** Changes when anything stored changes: 32 hex digits. */
  readonly content: string;
};

export type ParsedBatch = {
  readonly incidents: readonly ParsedIncident[];
  readonly rejects: readonly Reject[];
  /** Rows and bytes since the file's start; the rows are incidents and rejects together. */
  readonly rowsRead: number;
  readonly bytesRead: number;
  /** Category words without a code so far, and how often; such rows are `other.unmapped`. */
  readonly unmapped: ReadonlyMap<string, number>;
  /** Flag words without a code so far; they are kept among the attributes. */
  readonly unknownFlags: ReadonlyMap<string, number>;
};

export type ParseOptions = {
  readonly profile: Profile;
  readonly taxonomy: Taxonomy;
  readonly locate: Locate;
  /** Local civil time now, `2024-05-01T12:00:00`: what begins later is rejected. */
  readonly now: string;
  /** Rows to a batch, 5,000 unless told: smaller ones cost more in questions to the database, larger ones in memory clean-up. */
  readonly batchSize?: number;
};

/** Parses the rows of a file under a profile: incidents and rejects, a few thousand rows at a time. */
export async function* parseIncidents(rows: Rows, options: ParseOptions): AsyncGenerator<ParsedBatch> {
  const batchSize = options.batchSize ?? 5_000;
  const tally: Tally = createTally();
  let incidents: ParsedIncident[] = [];
  let rejects: Reject[] = [];
  let rowsRead = 0;
  const batch = (): ParsedBatch => ({ incidents, rejects, rowsRead, bytesRead: rows.bytesRead(), ...tally.counts });
  try {
    const parseRow = createRowParser(rows, options, tally);
    for await (const piece of rows.batches) {
      for (const row of piece) {
        const parsed = parseRow(row);
        if ('reason' in parsed) rejects.push(parsed);
        else incidents.push(parsed);
        rowsRead++;
        if (incidents.length + rejects.length < batchSize) continue;
        yield batch();
        incidents = [];
        rejects = [];
      }
    }
    if (incidents.length + rejects.length > 0) yield batch();
  } finally {
    await rows.close();
  }
}
