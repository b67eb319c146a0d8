import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ByteSource, fileSource } from './byte-source.ts';
import { type Http, Interrupted } from './http.ts';

/** An archive on disk, until `forget`. */
export type WholeArchive = { readonly source: ByteSource; forget(): Promise<void> };

/**
 * Fetches a whole archive, for servers that do not hand out parts of it. Without parts there is no going on either: an
 * interrupted one begins anew. A whole one stays on disk until `forget`, for the next run, while the server still has
 * the same version.
 */
export async function fetchWholeArchive(
  http: Http,
  url: string,
  identity: string,
  path: string,
  onBytes: (bytes: number) => void,
): Promise<WholeArchive> {
  const notesPath = `${path}.origin`;
  const notes = JSON.stringify({ url, identity });
  const forget = async () => {
    for (const each of [notesPath, path, `${path}.part`]) await rm(each, { force: true });
  };
  if ((await readFile(notesPath, 'utf8').catch(() => null)) !== notes) {
    await forget();
    await mkdir(dirname(path), { recursive: true });
    await http.ask(
      () => ({ url }),
      (response, alive) =>
        saveBody(response, `${path}.part`, (bytes) => {
          alive();
          onBytes(bytes);
        }),
    );
    await rename(`${path}.part`, path);
    // last of all: with these notes the archive is whole
    await writeFile(notesPath, notes);
  }
  const { size } = await stat(path);
  return { source: fileSource(path, { url, identity, size, lastModified: null }), forget };
}

async function saveBody(response: Response, path: string, onBytes: (bytes: number) => void): Promise<void> {
  let length = 0;
  async function* counted() {
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      onBytes(chunk.length);
      yield chunk;
    }
  }
  await pipeline(counted(), createWriteStream(path));
  const told = response.headers.get('content-length');
  if (told !== null && Number(told) !== length) throw new Interrupted('the answer was cut short');
}
