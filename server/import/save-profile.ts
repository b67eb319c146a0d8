import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { profilesFolder } from '../folders.ts';
import { parseProfile } from './parse-profile.ts';
import { listProfiles, type Profile, type ProfileInput, profileSchema } from './profile.ts';

/**
 * Writes a profile to a folder of the partnership's own, whole or not at all; an earlier one of the name is replaced. The
 * names of the profiles that come with the project are refused. Gives the path.
 */
export async function saveProfile(folder: string, profile: Profile | ProfileInput): Promise<string> {
  const checked = parseProfile(profileSchema, profile, `The profile "${profile.name}"`);
  if ((await listProfiles(profilesFolder)).includes(checked.name)) {
    const message = `The profile ${checked.name} comes with the project and stays as it is. Save yours under another name.`;
    throw new InputError(message, { code: 'built-in-profile', details: { name: checked.name } });
  }
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${checked.name}.json`);
  const draft = `${path}.${randomUUID()}.draft`;
  try {
    await writeFile(draft, `${JSON.stringify(checked, null, 2)}\n`, { flush: true });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return path;
}
