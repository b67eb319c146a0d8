import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError, NotFoundError } from '../errors.ts';
import type { Upload } from '../import-model.ts';

/** A file that was sent, waiting to be looked at and imported. */
export type KeptUpload = Upload & { readonly path: string };

/** The files sent to the service, kept for a day. */
export type Uploads = {
  /** Keeps what a stream brings; throws, and keeps nothing, when it is too long or breaks off. */
  receive(body: Readable, name: string, announcedBytes: number | null): Promise<KeptUpload>;
  find(id: string): Promise<KeptUpload>;
  remove(id: string): Promise<void>;
  /** Removes what is older than a day. */
  removeOld(): Promise<void>;
};

/** What is found out about a file once it is here. */
export type DescribeUpload = (path: string, name: string) => Promise<Pick<Upload, 'kind' | 'tables'>>;

/** Longest file taken, in bytes: 2 GiB. */
const longestUpload = 2 * 1024 ** 3;
const keptMilliseconds = 24 * 3_600_000;
const idForm = /^[0-9a-f]{32}$/;

/** Keeps uploads in a folder, under names of its own making. */
export function keepUploads(folder: string, describe: DescribeUpload, longest = longestUpload): Uploads {
  const pathOf = (id: string) => join(folder, id);
  const remove = async (id: string) => {
    await rm(pathOf(id), { force: true });
    await rm(`${pathOf(id)}.json`, { force: true });
  };
  const find = async (id: string): Promise<KeptUpload> => {
    const text = idForm.test(id) ? await readFile(`${pathOf(id)}.json`, 'utf8').catch(() => null) : null;
    if (text === null) throw noUpload();
    return { ...(JSON.parse(text) as Upload), path: pathOf(id) };
  };

  return {
    find,
    async receive(body, name, announcedBytes) {
      if (announcedBytes !== null && announcedBytes > longest) throw tooLong(longest);
      const id = randomBytes(16).toString('hex');
      try {
        // readable by its owner only: the incidents are personal data
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const bytes = await write(body, pathOf(id), longest);
        const shown = displayName(name);
        const upload = { upload: id, name: shown, bytes, ...(await describe(pathOf(id), shown)) };
        await writeFile(`${pathOf(id)}.json`, JSON.stringify(upload), { mode: 0o600 });
        return { ...upload, path: pathOf(id) };
      } catch (error) {
        await remove(id);
        throw asAnswer(error);
      }
    },
    async remove(id) {
      await find(id);
      await remove(id);
    },
    async removeOld() {
      for (const name of await readdir(folder).catch(() => [])) {
        const info = await stat(join(folder, name)).catch(() => null);
        if (info && info.mtimeMs < Date.now() - keptMilliseconds) await rm(join(folder, name), { force: true });
      }
    },
  };
}

async function write(body: Readable, path: string, longest: number): Promise<number> {
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > longest ? tooLong(longest) : null, chunk);
    },
  });
  await pipeline(body, count, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  if (bytes === 0) throw new InputError('The file is empty. Export it again.', { code: 'empty-file' });
  return bytes;
}

/** The last part of a name, without what a terminal or a page could take amiss; never used as a path. */
function displayName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim();
  return plain.replace(/^\.+$/, '').slice(-200) || 'file';
}

function noUpload(): NotFoundError {
  return new NotFoundError('there is no such upload; files are kept for a day, so send it again');
}

function tooLong(longest: number): Error {
  const size = longest >= 1024 ** 3 ? `${longest / 1024 ** 3} GiB` : `${longest.toLocaleString('en-GB')} bytes`;
  const message = `the file is longer than ${size}; send it in parts, or import it by the command line`;
  return Object.assign(new Error(message), { statusCode: 413 });
}

/** A full disk and a sender who went away are no faults of the program. */
function asAnswer(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') {
    return Object.assign(new Error('the disk of the service is full; make room and send the file again'), {
      statusCode: 507,
      cause: error,
    });
  }
  if (code !== 'ECONNRESET' && code !== 'ERR_STREAM_PREMATURE_CLOSE') return error;
  return new InputError('The file broke off on its way. Send it again.', { code: 'broken-off', cause: error });
}
