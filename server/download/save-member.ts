import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { InputError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { type Fingerprint, fingerprinting, missingColumns } from './check-file.ts';
import { openPart, partPath, removePart } from './part-file.ts';
import type { ZipMember } from './zip-archive.ts';

/** What came is not what the directory of the archive says. */
export class Damaged extends InputError {}

const mostBytes = 2 ** 31;

/**
 * Saves one file of an archive at `path`. Its packed bytes are fetched into `<path>.part`, going on where an earlier run
 * broke off; only when they unpack to the length and CRC-32 of the archive's directory, and to a table with the columns
 * expected, does the file appear, whole. Throws `Damaged` when they do not, and forgets them.
 */
export async function saveMember(
  source: ByteSource,
  member: ZipMember,
  path: string,
  columns: readonly string[],
  onBytes: (bytes: number) => void,
): Promise<Fingerprint> {
  if (member.size > mostBytes) throw new Damaged(`${member.name} would be ${member.size} bytes long`);
  await fetchPacked(source, member, path, onBytes);
  const found = await unpack(member, path);
  const missing = missingColumns(found.firstLine, columns);
  if (missing.length === 0) {
    await rename(whole(path), path);
    await removePart(path);
    return found;
  }
  await rm(whole(path), { force: true });
  await removePart(path);
  throw new Damaged(`${member.name} lacks the columns ${missing.join(', ')}`);
}

const whole = (path: string) => `${path}.whole`;

async function fetchPacked(
  source: ByteSource,
  member: ZipMember,
  path: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const start = await member.dataStart();
  const { url, identity } = source;
  const origin = { url, identity, start, packed: member.compressedSize, crc32: member.crc32 };
  const part = await openPart(path, origin, member.compressedSize);
  try {
    await source.read(start + part.length, start + member.compressedSize, async (bytes) => {
      await part.append(bytes);
      onBytes(bytes.length);
    });
  } finally {
    await part.close();
  }
}

async function unpack(member: ZipMember, path: string): Promise<Fingerprint> {
  const { stream, result } = fingerprinting(member.size);
  const inflate = member.deflated ? createInflateRaw() : new PassThrough();
  try {
    await pipeline(createReadStream(partPath(path)), inflate, stream, createWriteStream(whole(path), { flush: true }));
    const found = result();
    if (found.bytes === member.size && found.crc32 === member.crc32) return found;
    throw new Error('it unpacks to something else than its archive says');
  } catch (cause) {
    await rm(whole(path), { force: true });
    // a full disk is no damage: the packed bytes stay for the next run
    if (/^E[A-Z]+$/.test((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    await removePart(path);
    throw new Damaged(`${member.name} arrived damaged (${(cause as Error).message})`, { cause });
  }
}
