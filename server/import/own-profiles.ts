import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, NotFoundError } from '../errors.ts';
import type { ProfileList } from '../import-model.ts';
import { checkCodes } from './check-codes.ts';
import { parseProfile } from './parse-profile.ts';
import { listProfiles, loadProfile, loadProfiles, type Profile, profileSchema } from './profile.ts';
import type { Taxonomy } from './taxonomy.ts';

/** The profiles that come with the service, and those the partnership has saved. */
export type OwnProfiles = {
  /** Built-in ones first: their names cannot be taken. */
  readonly folders: readonly [builtIn: string, own: string];
  list(): Promise<ProfileList>;
  find(name: string): Promise<Profile>;
  /** Checks what is to become a profile. */
  check(value: unknown): Profile;
  /** Checks and keeps a profile under a name; an earlier one of the partnership's own is replaced. */
  save(name: string, value: unknown): Promise<Profile>;
};

const longestShown = 80;

/** Keeps profiles of the partnership's own in a folder. */
export function keepOwnProfiles(builtIn: string, own: string, taxonomy: Taxonomy): OwnProfiles {
  const folders = [builtIn, own] as const;
  const check = (value: unknown): Profile => {
    const profile = parseProfile(profileSchema, value, 'The profile');
    checkCodes(profile, taxonomy);
    return profile;
  };

  return {
    folders,
    check,
    async list() {
      const comeWithIt = await listProfiles(builtIn);
      const profiles = (await loadProfiles(folders)).map(({ name, title, about, source, required }) => {
        return { name, title, about, source, required, builtIn: comeWithIt.includes(name) };
      });
      return { profiles };
    },
    async find(name) {
      if (!isName(name) || !(await listProfiles(folders)).includes(name)) throw noProfile(name);
      return loadProfile(folders, name);
    },
    async save(name, value) {
      if (!isName(name)) throw badName(name);
      const profile = check({ ...Object(value), name });
      if ((await listProfiles(builtIn)).includes(name)) throw nameTaken(name);
      await writeWhole(own, `${name}.json`, `${JSON.stringify(profile, null, 2)}\n`);
      return profile;
    },
  };
}

/** A name is never a path. */
function isName(name: string): boolean {
  return profileSchema.shape.name.safeParse(name).success;
}

/** Writes a file whole or not at all, also when two are writing it. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  const draft = `${path}.${randomUUID()}.draft`;
  try {
    await writeFile(draft, text, { flush: true });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

function noProfile(name: string): NotFoundError {
  return new NotFoundError(`there is no profile "${name.slice(0, longestShown)}"; /api/profiles lists them`);
}

function badName(name: string): InputError {
  const shown = name.slice(0, longestShown);
  return new InputError(`"${shown}" cannot be the name of a profile; use lower-case words joined by hyphens`);
}

function nameTaken(name: string): InputError {
  const message = `The profile ${name} comes with the project and stays as it is. Save yours under another name.`;
  return new InputError(message, { code: 'built-in-profile', details: { name } });
}
