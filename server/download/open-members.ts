import { join } from 'node:path';
import type { ByteSource } from './byte-source.ts';
import type { Http } from './http.ts';
import { archiveUrl, openArchive } from './police-uk.ts';
import { fetchWholeArchive } from './whole-archive.ts';
import { readZipDirectory, type ZipMember } from './zip-archive.ts';

/** An archive whose files can be fetched one by one. */
export type OpenedArchive = {
  readonly month: string;
  readonly source: ByteSource;
  readonly members: ReadonlyMap<string, ZipMember>;
  /** Removes what was kept of it on disk; for when no file of it is wanted any more. */
  forget(): Promise<void>;
};

/** What goes on while an archive is opened. */
export type OpenOptions = {
  readonly http: Http;
  readonly base: string;
  readonly folder: string;
  readonly onBytes: (bytes: number) => void;
  readonly onNote: (note: string) => void;
};

/** Opens the archive of a month: by its directory alone, or, where the server hands out no parts, by fetching all of it. */
export async function openMembers(month: string, options: OpenOptions): Promise<OpenedArchive> {
  const { http, base, folder, onBytes, onNote } = options;
  const opened = await openArchive(http, base, month);
  if (opened.ranges) {
    onBytes(opened.tail.length);
    return {
      month,
      source: opened.source,
      members: await membersOf(opened.source, opened.tail),
      forget: async () => {},
    };
  }
  const url = archiveUrl(base, month);
  onNote(`${url}: the server hands out no parts of files, so the whole archive is fetched (it may be 2 GB)`);
  // a name that an import of the folder does not take for data
  const path = join(folder, `${month}-archive`);
  const { source, forget } = await fetchWholeArchive(http, url, opened.identity, path, onBytes);
  try {
    return { month, source, members: await membersOf(source, new Uint8Array(0)), forget };
  } catch (error) {
    await forget();
    throw error;
  }
}

async function membersOf(source: ByteSource, tail: Uint8Array): Promise<Map<string, ZipMember>> {
  return new Map((await readZipDirectory(source, tail)).map((member) => [member.name, member]));
}
