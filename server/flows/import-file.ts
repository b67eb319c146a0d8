import type { Readable } from 'node:stream';
import { observeRows } from '../import/observe-rows.ts';
import type { Table } from '../import/open-tables.ts';
import { type ParsedBatch, type ParsedIncident, parseIncidents } from '../import/parse-incidents.ts';
import type { Profile } from '../import/profile.ts';
import { readRows } from '../import/read-rows.ts';
import type { Rows } from '../import/rows.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import { openRejectsFile, type RejectsFile } from '../import/write-rejects.ts';
import type { ReadingOptions } from '../import-model.ts';
import { cellToDecimal, leafCell } from '../locate/cell-of.ts';
import type { Database } from '../store/database.ts';
import { writeIncidents } from '../store/write-incidents.ts';
import { importNotes } from './import-notes.ts';
import { type PreparedLocate, prepareLocate } from './prepare-locate.ts';

export type ImportOptions = {
  readonly profile: Profile;
  readonly taxonomy: Taxonomy;
  readonly importedBy: string;
  /** Local civil time now: later incidents are rejected. */
  readonly now: string;
  readonly synthetic?: boolean;
  /** How to read the file, where that is not to be found out. */
  readonly reading?: ReadingOptions;
  /** Where rejected rows are written, if there are any; null writes none. */
  readonly rejectsPath: string | null;
  readonly onProgress?: (progress: { rowsRead: number; bytesRead: number; bytesTotal: number | null }) => void;
};

/** What came of one file. */
export type ImportReport = {
  readonly importId: number;
  readonly fileName: string;
  readonly rowsRead: number;
  readonly accepted: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly unlocated: number;
  /** Category words no mapping knows, with how often. */
  readonly unmapped: Readonly<Record<string, number>>;
  readonly unknownFlags: Readonly<Record<string, number>>;
  /** What a person should know besides, in clauses. */
  readonly notes: readonly string[];
  readonly rejectsFile: string | null;
};

/** Takes one file in, whole or not at all: read, parse, locate, store; rejected rows go to a file beside the report. */
export async function importFile(
  database: Database,
  input: string | Readable | Table,
  name: string,
  options: ImportOptions,
): Promise<ImportReport> {
  const locate = await prepareLocate(database, options.profile);
  const rows = await readRows(input, { name, ...options.reading });
  const rejects = rejectsWriter(options, rows);
  const taken = takeIn(rows, options, locate, rejects);
  const { profile } = options;
  try {
    return await database.change(async (client) => {
      const stored = await writeIncidents(client, database.kind, {
        source: {
          name: profile.source,
          profile: profile.name,
          attribution: profile.attribution,
          synthetic: options.synthetic ?? false,
        },
        name: rows.name,
        importedBy: options.importedBy,
        startedAt: new Date().toISOString(),
        batches: taken.batches(),
        outcome: () => ({ ...taken.counts(), sha256: rows.sha256(), quality: taken.observed() }),
        cellOf: (position) => cellToDecimal(leafCell(position)),
      });
      const counts = taken.counts();
      const unchanged = counts.accepted - stored.added - stored.changed;
      return { fileName: rows.name, ...counts, ...stored, unchanged, rejectsFile: await rejects.close() };
    });
  } catch (error) {
    await rejects.close();
    throw error;
  } finally {
    await rows.close();
  }
}

/** The file parsed, a batch at a time, and what was counted on the way. */
function takeIn(rows: Rows, options: ImportOptions, locate: PreparedLocate, rejects: Rejects) {
  const { profile, taxonomy, now } = options;
  const observer = observeRows(rows);
  let last: ParsedBatch | undefined;
  let accepted = 0;
  let rejected = 0;
  let unlocated = 0;
  async function* batches(): AsyncGenerator<readonly ParsedIncident[]> {
    for await (const batch of parseIncidents(observer.rows, { profile, taxonomy, now, locate })) {
      await rejects.write(batch.rejects);
      observer.take(batch);
      accepted += batch.incidents.length;
      rejected += batch.rejects.length;
      for (const { placedBy } of batch.incidents) if (placedBy === null || placedBy === 'area only') unlocated++;
      options.onProgress?.({ rowsRead: batch.rowsRead, bytesRead: batch.bytesRead, bytesTotal: rows.bytesTotal });
      last = batch;
      yield batch.incidents;
    }
  }
  const counts = () => ({
    rowsRead: last?.rowsRead ?? 0,
    accepted,
    rejected,
    unlocated,
    unmapped: Object.fromEntries(last?.unmapped ?? []),
    unknownFlags: Object.fromEntries(last?.unknownFlags ?? []),
    notes: last ? importNotes(last, postcodeColumns(profile), locate.knowsPostcodes) : [],
  });
  return { batches, counts, observed: observer.result };
}

function postcodeColumns({ places }: Profile): ReadonlySet<string> {
  return new Set(places.flatMap((place) => (place.system === 'postcode' ? [place.column] : [])));
}

type Rejects = { write: RejectsFile['write']; close(): Promise<string | null> };

/** Opens the rejects file at the first reject: a file without any leaves no empty one behind. */
function rejectsWriter({ rejectsPath }: ImportOptions, rows: Rows): Rejects {
  let file: RejectsFile | undefined;
  return {
    async write(rejects) {
      if (rejects.length === 0 || rejectsPath === null) return;
      file ??= openRejectsFile(rejectsPath, rows.header);
      await file.write(rejects);
    },
    async close() {
      await file?.close();
      return file ? rejectsPath : null;
    },
  };
}
