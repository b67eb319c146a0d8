import type { Config } from '../config.ts';
import { InputError } from '../errors.ts';
import { checkProfile } from '../flows/check-profile.ts';
import { profileFolders, taxonomyFolder } from '../folders.ts';
import { localTime } from '../import/local-time.ts';
import { listProfiles, loadProfile, type Profile } from '../import/profile.ts';
import { profileJsonSchema } from '../import/profile-json-schema.ts';
import { readRows } from '../import/read-rows.ts';
import { loadTaxonomy } from '../import/taxonomy.ts';
import type { ReadingOptions } from '../import-model.ts';
import { fileProgress } from '../report/progress.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';
import { describeCheck } from './describe-check.ts';
import { readingOptions, readReadingOptions } from './reading-options.ts';

/** How many words follow each of the words after `profile`. */
const actions: Readonly<Record<string, number>> = { check: 2, list: 0, schema: 0 };

/** `profile check <profile> <file>`, `profile list`, `profile schema`: what a profile makes of a file, without storing it. */
export const profileCommand: Command = {
  usage: `profile check <profile> <file> [--table <sheet>] [--encoding windows-1252] [--delimiter tab]
  profile list     profile schema
      Read a file under a profile and store nothing: what would be taken, rejected and placed, and what its words and
      dates are read as. A profile is a name or a file ending in .json; its form is data/profiles/profile.schema.json.`,
  options: readingOptions,
  check(given) {
    const [action = '', ...rest] = given.positionals;
    const wanted = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (wanted === undefined) throw new UsageError('profile takes one of check, list and schema');
    readReadingOptions(given);
    if (rest.length === wanted) return;
    throw new UsageError(
      wanted === 0 ? `profile ${action} takes nothing more` : 'profile check takes a profile and a file',
    );
  },
  needsDatabase: false,
  run: runProfile,
};

async function runProfile(given: Arguments, config: Config): Promise<void> {
  const [action, name = '', file = ''] = given.positionals;
  const folders = profileFolders(config.dataDirectory);
  if (action === 'schema') say(profileJsonSchema().trimEnd());
  else if (action === 'list') await listAll(folders);
  else await check(await loadProfile(folders, name), file, readReadingOptions(given));
}

async function listAll(folders: readonly string[]): Promise<void> {
  for (const name of await listProfiles(folders)) {
    // One that is broken does not hide the others.
    const title = await loadProfile(folders, name).then(
      (profile) => profile.title,
      (error: unknown) => (error instanceof InputError ? error.message : Promise.reject(error)),
    );
    say(`${name}: ${title}`);
  }
}

async function check(profile: Profile, file: string, told: ReadingOptions): Promise<void> {
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  const now = localTime(Date.now(), profile.timeZone);
  const progress = fileProgress(file);
  const rows = await readRows(file, { ...told, name: file });
  const result = await checkProfile(rows, { profile, taxonomy, now, onProgress: progress.update }).finally(
    progress.end,
  );
  for (const line of describeCheck(result, file, profile)) say(line);
  if (result.accepted > 0) return;
  throw new InputError(`Not one row of ${file} can be read under the profile ${profile.name}.`);
}
