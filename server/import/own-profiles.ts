import { InputError, NotFoundError } from '../errors.ts';
import type { ProfileList } from '../import-model.ts';
import { checkCodes } from './check-codes.ts';
import { parseProfile } from './parse-profile.ts';
import { listProfiles, loadProfile, type Profile, profileSchema } from './profile.ts';
import { saveProfile } from './save-profile.ts';
import type { Taxonomy } from './taxonomy.ts';

/** The profiles that come with the service, and those the partnership has saved. */
export type OwnProfiles = {
  /** Built-in ones first: their names cannot be taken. */
  readonly folders: readonly [builtIn: string, own: string];
  list(): Promise<ProfileList>;
  find(name: string): Promise<Profile>;
  /** Checks what is to become a profile. */
  check(value: unknown): Profile;
  save(name: string, value: unknown): Promise<Profile>;
};

const nameForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const longestName = 80;

/** Keeps profiles of the partnership's own in a folder. */
export function keepOwnProfiles(builtIn: string, own: string, taxonomy: Taxonomy): OwnProfiles {
  const folders = [builtIn, own] as const;
  const check = (value: unknown): Profile => {
    const profile = parseProfile(profileSchema, value, 'The profile');
    checkCodes(profile, taxonomy);
    return profile;
  };
  const isBuiltIn = async (name: string) => (await listProfiles(builtIn)).includes(name);

  return {
    folders,
    check,
    async list() {
      const profiles: ProfileList['profiles'] = [];
      for (const name of await listProfiles(folders)) {
        // one that somebody has spoiled by hand must not hide the others
        const profile = await loadProfile(folders, name).catch(() => null);
        if (!profile) continue;
        const { title, about, source, required } = profile;
        profiles.push({ name, title, about, source, required, builtIn: await isBuiltIn(name) });
      }
      return { profiles };
    },
    async find(name) {
      // a name is never a path
      const known = nameForm.test(name) && (await listProfiles(folders)).includes(name);
      if (!known)
        throw new NotFoundError(`there is no profile "${name.slice(0, longestName)}"; /api/profiles lists them`);
      return loadProfile(folders, name);
    },
    async save(name, value) {
      if (!nameForm.test(name) || name.length > longestName) throw badName(name);
      const profile = check({ ...Object(value), name });
      await saveProfile(own, profile);
      return profile;
    },
  };
}

function badName(name: string): InputError {
  const shown = name.slice(0, longestName);
  return new InputError(`"${shown}" cannot be the name of a profile; use lower-case words joined by hyphens`);
}
