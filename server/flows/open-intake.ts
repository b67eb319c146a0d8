import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { ownProfilesFolder, profilesFolder } from '../folders.ts';
import { keepUploads, type Uploads } from '../import/keep-uploads.ts';
import { keepOwnProfiles, type OwnProfiles } from '../import/own-profiles.ts';
import type { Profile } from '../import/profile.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { ImportRequest } from '../import-model.ts';
import type { Database } from '../store/database.ts';
import { readImport } from '../store/status.ts';
import { inThread, task } from '../threads.ts';
import type { describeUpload } from './describe-upload.ts';
import { createImportJobs, type ImportJobs } from './import-jobs.ts';
import type { ImportWork } from './import-work.ts';

/** Where files come in: those that were sent, the profiles to read them by, and the work on them. */
export type Intake = {
  readonly uploads: Uploads;
  readonly profiles: OwnProfiles;
  readonly jobs: ImportJobs;
  readonly dataDirectory: string;
  /** What a request for a trial run or an import comes to; throws what is wrong with it. */
  plan(kind: ImportWork['kind'], request: ImportRequest): Promise<ImportWork>;
  stop(): Promise<void>;
};

export type IntakeOptions = {
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  readonly taxonomy: Taxonomy;
  /** Asked for only when there is something to do: the service may still be starting. */
  readonly database: () => Database;
  readonly served: () => number;
  readonly report: (error: Error) => void;
};

const cleaningEvery = 3_600_000;
const describeTask = task<typeof describeUpload>(new URL('./describe-upload.ts', import.meta.url), 'describeUpload');

/** Opens the intake of a service; nothing is written before a file comes. */
export function openIntake(options: IntakeOptions): Intake {
  const { databaseUrl, dataDirectory, taxonomy, database, served, report } = options;
  const uploads = keepUploads(join(dataDirectory, 'uploads'), (path, name) => {
    // who sends a file will try it; before the service is ready there is nothing to import into
    if (served() > 0) jobs.warm();
    return inThread(describeTask, path, name);
  });
  const profiles = keepOwnProfiles(profilesFolder, ownProfilesFolder(dataDirectory), taxonomy);
  const jobs = createImportJobs({
    report,
    served,
    async readImport(id) {
      const found = await database().read((client) => readImport(client, id));
      if (!found) throw new Error(`import ${id} is not recorded`);
      return found;
    },
  });
  const clean = () => uploads.removeOld().catch(report);
  void clean();
  const cleaning = setInterval(clean, cleaningEvery).unref();

  return {
    uploads,
    profiles,
    jobs,
    dataDirectory,
    async plan(kind, request) {
      const { upload, path, name, tables } = await uploads.find(request.upload);
      const reading = { table: tables[0]?.name, ...request.reading };
      const profile = withWords(await profileOf(profiles, request.profile), request.words);
      profiles.check(profile);
      return { kind, upload, path, fileName: name, reading, profile, databaseUrl, dataDirectory };
    },
    async stop() {
      clearInterval(cleaning);
      await jobs.stop();
    },
  };
}

async function profileOf(profiles: OwnProfiles, asked: ImportRequest['profile']): Promise<Profile> {
  if (typeof asked !== 'string') return profiles.check(asked);
  return profiles.find(asked).catch((cause: Error) => {
    throw new InputError(cause.message, { code: 'unknown-profile', cause });
  });
}

/** Words mapped by hand come before those the profile has. */
function withWords(profile: Profile, words: ImportRequest['words']): Profile {
  if (Object.keys(words).length === 0) return profile;
  return { ...profile, category: { ...profile.category, words: { ...profile.category.words, ...words } } };
}
