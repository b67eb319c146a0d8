import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';

/** What is known of the content of a file, without keeping it. */
export type Fingerprint = {
  readonly bytes: number;
  readonly crc32: number;
  readonly sha256: string;
  /** The first line, at most its first 4,000 bytes. */
  readonly firstLine: string;
};

const mostFirstLine = 4000;

/** A stream that lets everything through and knows afterwards what it was; it fails beyond `mostBytes`. */
export function fingerprinting(mostBytes = Number.POSITIVE_INFINITY): {
  readonly stream: Transform;
  result(): Fingerprint;
} {
  const hash = createHash('sha256');
  let bytes = 0;
  let crc = 0;
  let start = Buffer.alloc(0);
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      // a directory that lies about a size is how a zip bomb begins
      if (bytes > mostBytes) return done(new Error(`it holds more than the ${mostBytes} bytes it should`));
      hash.update(chunk);
      crc = crc32(chunk, crc);
      if (start.length < mostFirstLine) start = Buffer.concat([start, chunk.subarray(0, mostFirstLine)]);
      done(null, chunk);
    },
  });
  const firstLine = () =>
    (start.subarray(0, mostFirstLine).toString('utf8').split(/\r?\n/)[0] as string).replace(/^\ufeff/, '');
  return { stream, result: () => ({ bytes, crc32: crc, sha256: hash.digest('hex'), firstLine: firstLine() }) };
}

/** The fingerprint of a file on disk, or null when there is none. */
export async function fingerprintFile(path: string): Promise<Fingerprint | null> {
  const { stream, result } = fingerprinting();
  try {
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
    await pipeline(createReadStream(path), stream, sink);
    return result();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The columns that a first line of CSV lacks; names are compared without quotes and case. */
export function missingColumns(firstLine: string, expected: readonly string[]): string[] {
  const plain = (name: string) => name.trim().replace(/^"|"$/g, '').toLowerCase();
  const there = new Set(firstLine.split(',').map(plain));
  return expected.filter((name) => !there.has(plain(name)));
}
