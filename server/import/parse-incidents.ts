import type { PlacedBy } from '../import-model.ts';
import type { Precision } from '../model.ts';
import { createTally, type Tally } from './create-tally.ts';
import type { Columns } from './match-columns.ts';
import type { Locate } from './parse-place.ts';
import { createRowParser } from './parse-row.ts';
import type { Profile } from './profile.ts';
import type { WordCount } from './read-category.ts';
import type { Reject } from './reject.ts';
import type { Row, Rows } from './rows.ts';
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
  /** Rows so far whose coordinates are masked on purpose, such as 376***. */
  readonly masked: number;
  /** Postcodes and streets so far that are not known, by the column they stand in. */
  readonly notFound: ReadonlyMap<string, number>;
  /** The month the file covers by its name, `2023-01`, and the rows so far that lie outside it. */
  readonly month: string | null;
  readonly outsideMonth: number;
  /** Whether 00:00 is taken for the day as a whole: every row at the start of the file has it. */
  readonly midnightIsDay: boolean;
  /** Where the profile's columns are in the file. */
  readonly columns: Columns;
  /** Every category word so far with its code and how often, the most frequent first. */
  readonly words: () => readonly WordCount[];
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

/** Whether midnight means the day is told from so many rows. */
const startLength = 500;

/** Parses the rows of a file under a profile: incidents and rejects, a few thousand rows at a time. */
export async function* parseIncidents(rows: Rows, options: ParseOptions): AsyncGenerator<ParsedBatch> {
  const batchSize = options.batchSize ?? 5_000;
  const tally: Tally = createTally();
  let incidents: ParsedIncident[] = [];
  let rejects: Reject[] = [];
  let rowsRead = 0;
  try {
    const { start, pieces } = await peek(rows.batches, startLength);
    const parser = createRowParser(rows, start, options, tally);
    const { columns, midnightIsDay, month, words } = parser;
    const batch = (): ParsedBatch => {
      const so = { rowsRead, bytesRead: rows.bytesRead(), columns, midnightIsDay, month, words };
      return { incidents, rejects, ...so, ...tally.counts };
    };
    for await (const piece of pieces) {
      for (const row of piece) {
        const parsed = parser.parse(row);
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

/** The first rows, looked at before any is passed on; how the file arrives does not change how many they are. */
async function peek(batches: AsyncIterable<readonly Row[]>, wanted: number) {
  const iterator = batches[Symbol.asyncIterator]();
  const first: (readonly Row[])[] = [];
  let length = 0;
  while (length < wanted) {
    const next = await iterator.next();
    if (next.done) break;
    first.push(next.value);
    length += next.value.length;
  }
  async function* pieces(): AsyncGenerator<readonly Row[]> {
    yield* first.splice(0);
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { start: first.flat().slice(0, wanted), pieces: pieces() };
}
