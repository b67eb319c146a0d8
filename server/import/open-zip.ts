import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { InputError } from '../errors.ts';

/** A file in a ZIP archive. Its name is a label and nothing else: nothing is ever written under it. */
export type Member = {
  readonly name: string;
  /** Its length unpacked; more than that never comes out of it. */
  readonly bytes: number;
  /** Its bytes, unpacked and checked against the archive's checksum when read to the end. */
  readonly read: () => AsyncGenerator<Buffer>;
};

export type Archive = {
  readonly members: ReadonlyMap<string, Member>;
  /** Lets go of the archive; members being read are read on. */
  readonly close: () => void;
};

/** What an archive may hold at most. A bomb is one that unpacks to far more than it looks. */
export type ZipLimits = {
  readonly members: number;
  /** Bytes of all members unpacked. */
  readonly unpackedBytes: number;
  /** How many times its own length a member may unpack to; text in tables reaches 5 to 50. */
  readonly ratio: number;
  /** A member shorter than this may have any ratio: it can do no harm. */
  readonly harmlessBytes: number;
};

export const zipLimits: ZipLimits = {
  members: 10_000,
  unpackedBytes: 4 * 2 ** 30,
  ratio: 200,
  harmlessBytes: 16 * 2 ** 20,
};

/** Opens a ZIP archive and lists its files; refuses one that is damaged, locked, or would unpack to too much. */
export async function openZip(path: string, name: string, limits = zipLimits): Promise<Archive> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
  const zip = await yauzl.openPromise(path, options).catch((cause) => {
    throw damaged(name, cause);
  });
  try {
    const entries = await listEntries(zip, name, limits);
    refuseBomb(name, [...entries.values()], zip.fileSize, limits);
    const members = new Map<string, Member>();
    for (const [label, entry] of entries) members.set(label, memberOf(zip, name, label, entry));
    return { members, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile, name: string, limits: ZipLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.members) {
    const [has, limit] = [zip.entryCount, limits.members].map((count) => count.toLocaleString('en-GB'));
    throw refused(name, `holds ${has} files, and ${limit} are the most that are taken. Split it`);
  }
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      const label = labelOf(entry);
      if (label.endsWith('/')) continue;
      if (entries.has(label)) throw refused(name, `holds two files called ${label}. Pack it again with one of them`);
      entries.set(label, entry);
    }
  } catch (cause) {
    throw cause instanceof InputError ? cause : damaged(name, cause);
  }
  return entries;
}

/** The name as the archive has it, fit to be shown: Windows' strokes turned, control characters replaced. */
function labelOf(entry: Entry): string {
  const given = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  return given.replaceAll('\\', '/').replaceAll(/\p{Cc}/gu, '?');
}

function refuseBomb(name: string, entries: readonly Entry[], fileBytes: number, limits: ZipLimits): void {
  let [unpacked, packed] = [0, 0];
  for (const { uncompressedSize, compressedSize } of entries) {
    unpacked += uncompressedSize;
    packed += compressedSize;
    const bloated = uncompressedSize > compressedSize * limits.ratio;
    if (bloated && uncompressedSize > limits.harmlessBytes) throw bomb(name, 'holds a file packed beyond belief');
  }
  if (unpacked > limits.unpackedBytes) {
    const limit = (limits.unpackedBytes / 2 ** 30).toLocaleString('en-GB', { maximumFractionDigits: 2 });
    throw bomb(name, `would unpack to more than ${limit} GB`);
  }
  if (packed > fileBytes) throw bomb(name, 'holds files that share their bytes');
}

function memberOf(zip: ZipFile, archiveName: string, label: string, entry: Entry): Member {
  const bytes = entry.uncompressedSize;
  return { name: label, bytes, read: () => readEntry(zip, `${archiveName}/${label}`, entry) };
}

async function* readEntry(zip: ZipFile, name: string, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) {
    throw refused(name, 'is locked with a password. Unpack the archive with it and take in the files themselves');
  }
  if (!entry.canDecodeFileData()) {
    throw refused(name, 'is packed in an uncommon way. Unpack the archive and take in the files themselves');
  }
  let sum = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (cause) {
    throw damaged(name, cause);
  }
  if (sum !== entry.crc32) throw damaged(name, new Error('its checksum is wrong'));
}

function damaged(name: string, cause: unknown): InputError {
  const message = `${name} is a ZIP archive, or a file in one, that is damaged or cut short (${(cause as Error).message}). Fetch it again.`;
  return new InputError(message, { code: 'unreadable-file', cause });
}

function bomb(name: string, what: string): InputError {
  return refused(name, `${what}, which no archive of tables does; it may be a bomb. Unpack it where you trust it`);
}

function refused(name: string, whatAndRemedy: string): InputError {
  return new InputError(`${name} ${whatAndRemedy}.`, { code: 'archive-refused' });
}
