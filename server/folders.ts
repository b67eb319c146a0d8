import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The category tree and the mappings from each feed's words. */
export const taxonomyFolder = folder('data/taxonomy');
/** One file a feed: which columns mean what. */
export const profilesFolder = folder('data/profiles');
/** Harm indexes, one file a version; none is shipped. */
export const harmFolder = folder('data/harm');

/** Where the partnership keeps the profiles it has made itself. */
export function ownProfilesFolder(dataDirectory: string): string {
  return join(dataDirectory, 'profiles');
}

/** Where profiles are looked for: those that come with the project first. */
export function profileFolders(dataDirectory: string): string[] {
  return [profilesFolder, ownProfilesFolder(dataDirectory)];
}
/** Which layers of the official services hold which boundaries. */
export const downloadFolder = folder('data/download');
