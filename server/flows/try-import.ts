import { parseIncidents } from '../import/parse-incidents.ts';
import type { Locate } from '../import/parse-place.ts';
import type { Profile } from '../import/profile.ts';
import { readRows } from '../import/read-rows.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { ReadingOptions, Trial } from '../import-model.ts';
import { bngToWgs84 } from '../locate/bng-to-wgs84.ts';
import { placeProblem } from '../locate/place-problem.ts';
import { gatherTrial } from './gather-trial.ts';

export type TrialOptions = {
  readonly profile: Profile;
  readonly taxonomy: Taxonomy;
  /** Local civil time now: later incidents are rejected. */
  readonly now: string;
  readonly reading?: ReadingOptions;
  readonly locate?: Locate;
  readonly onProgress?: (progress: { rowsRead: number; bytesRead: number; bytesTotal: number | null }) => void;
};

/** Reads and parses a file as an import would and stores nothing: what it would bring, and all that is wrong with it. */
export async function tryImport(path: string, name: string, options: TrialOptions): Promise<Trial> {
  const rows = await readRows(path, { name, ...options.reading });
  try {
    const trial = gatherTrial(rows, options.profile);
    const locate = options.locate ?? { bngToWgs84, placeProblem };
    for await (const batch of parseIncidents(trial.rows, { ...options, locate })) {
      options.onProgress?.({ rowsRead: batch.rowsRead, bytesRead: batch.bytesRead, bytesTotal: rows.bytesTotal });
      trial.add(batch);
    }
    return trial.result();
  } finally {
    await rows.close();
  }
}
