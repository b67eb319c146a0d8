import { fileURLToPath } from 'node:url';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The category tree and the mappings from each feed's words. */
export const taxonomyFolder = folder('data/taxonomy');
/** One file a feed: which columns mean what. */
export const profilesFolder = folder('data/profiles');
/** Harm indexes, one file a version; none is shipped. */
export const harmFolder = folder('data/harm');
/** Which layers of the official services hold which boundaries. */
export const downloadFolder = folder('data/download');
