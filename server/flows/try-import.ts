import { readRows } from '../import/read-rows.ts';
import { type ReadingOptions, type Trial, trialSchema } from '../import-model.ts';
import { type CheckOptions, checkProfile } from './check-profile.ts';

export type TrialOptions = CheckOptions & { readonly reading: ReadingOptions };

/** Reads and parses a file as an import would and stores nothing: what it would bring, and all that is wrong with it. */
export async function tryImport(path: string, name: string, options: TrialOptions): Promise<Trial> {
  const rows = await readRows(path, { name, ...options.reading });
  try {
    // what a check tells besides is for the command line
    return trialSchema.parse(await checkProfile(rows, options));
  } finally {
    await rows.close();
  }
}
