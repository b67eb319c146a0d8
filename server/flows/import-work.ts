/** What the thread that imports is told, and what it tells. */

import type { Profile } from '../import/profile.ts';
import type { ReadingOptions, Trial } from '../import-model.ts';

/** A trial run or an import of a file that was sent: data only, handed to a thread. */
export type ImportWork = {
  readonly kind: 'trial' | 'import';
  readonly upload: string;
  readonly path: string;
  readonly fileName: string;
  readonly reading: ReadingOptions;
  readonly profile: Profile;
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
};

/** What comes of the work; `version` is that of the data with the import in it. */
export type WorkResult =
  | { readonly kind: 'tried'; readonly trial: Trial }
  | { readonly kind: 'imported'; readonly importId: number; readonly version: number };

export type WorkMessage =
  | WorkResult
  | { readonly kind: 'progress'; readonly rowsRead: number; readonly share: number | null }
  /** `known`: the words are for the person who sent the file; others are for the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly known: boolean };

/** The work was called off by the one it was for. */
export class CancelledError extends Error {
  override name = 'CancelledError';
}
