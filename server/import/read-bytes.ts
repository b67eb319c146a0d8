import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../errors.ts';

/** The bytes of a file or stream, unpacked if they were gzipped, with what was counted on the way. */
export type Bytes = {
  readonly name: string;
  readonly chunks: AsyncGenerator<Buffer>;
  readonly bytesRead: () => number;
  readonly bytesTotal: number | null;
  readonly sha256: () => string;
  /** Whether they were gzipped; known once the first chunk is here. */
  readonly wasPacked: () => boolean;
};

/**
 * Opens a file, or takes a stream (standard input, a file in a zip), as bytes; counts and hashes what is stored,
 * unpacks gzip.
 */
export async function readBytes(
  input: string | AsyncIterable<Buffer | string>,
  name?: string,
  length?: number,
): Promise<Bytes> {
  const label = name ?? (typeof input === 'string' ? basename(input) : 'standard input');
  const bytesTotal = typeof input === 'string' ? await sizeOf(input) : (length ?? null);
  const stream = typeof input === 'string' ? createReadStream(input, { highWaterMark: 1 << 16 }) : input;
  const hash = createHash('sha256');
  let read = 0;
  let digest: string | null = null;
  let packed = false;

  async function* stored(): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      const bytes =
        typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      read += bytes.length;
      hash.update(bytes);
      yield bytes;
    }
    digest = hash.digest('hex');
  }

  return {
    name: label,
    chunks: unpacked(stored(), label, () => {
      packed = true;
    }),
    wasPacked: () => packed,
    bytesRead: () => read,
    bytesTotal,
    sha256: () => {
      if (digest === null) throw new Error(`${label} has not been read to its end`);
      return digest;
    },
  };
}

async function sizeOf(path: string): Promise<number | null> {
  const info = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${cause.message}.`;
    throw new InputError(`${reason} Check the name and try again.`, { code: 'unreadable-file', cause });
  });
  if (info.isDirectory()) {
    throw new InputError(`${path} is a folder, not a file. Name the files in it.`, { code: 'unreadable-file' });
  }
  return info.isFile() ? info.size : null;
}

/** Gzip is known by its first two bytes, not by the file's name. */
async function* unpacked(stored: AsyncGenerator<Buffer>, name: string, onPacked: () => void): AsyncGenerator<Buffer> {
  const first: Buffer[] = [];
  let length = 0;
  try {
    while (length < 2) {
      const next = await stored.next();
      if (next.done) break;
      first.push(next.value);
      length += next.value.length;
    }
    const start = Buffer.concat(first);
    const whole = chain(start, stored);
    if (start[0] === 0x1f && start[1] === 0x8b) {
      onPacked();
      yield* gunzip(whole, name);
    } else yield* whole;
  } catch (cause) {
    throw asInputError(cause, name);
  } finally {
    await stored.return(undefined);
  }
}

/** One piece of bytes followed by the rest of them. */
export async function* chain(start: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  yield* rest;
}

async function* gunzip(packed: AsyncGenerator<Buffer>, name: string): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { objectMode: false });
  const plain = createGunzip({ chunkSize: 1 << 18 });
  source.on('error', (error) => plain.destroy(error));
  try {
    yield* source.pipe(plain);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')) {
      const message = `${name} is a gzip file that is damaged or cut short (${cause.message}). Fetch it again.`;
      throw new InputError(message, { code: 'unreadable-file', cause });
    }
    throw cause;
  } finally {
    source.destroy();
    plain.destroy();
  }
}

function asInputError(cause: unknown, name: string): unknown {
  const failed = cause instanceof Error && 'syscall' in cause && !(cause instanceof InputError);
  if (!failed) return cause;
  return new InputError(`${name} cannot be read: ${cause.message}. Check the file and try again.`, {
    code: 'unreadable-file',
    cause,
  });
}
