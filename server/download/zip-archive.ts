import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { InputError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';

/** One file of a zip, as its directory tells of it. */
export type ZipMember = {
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly crc32: number;
  readonly deflated: boolean;
  /** Where its bytes begin in the archive; one small request. */
  dataStart(): Promise<number>;
};

const mostDirectoryBytes = 64 * 2 ** 20;
const mostMembers = 200_000;

/** Reads the directory of a zip without reading the zip: only its end, of which the last bytes are known already. */
export async function readZipDirectory(source: ByteSource, tail: Uint8Array): Promise<ZipMember[]> {
  const reader = new SourceReader(source, tail);
  try {
    const zip = await fromRandomAccessReaderPromise(reader, source.size, { lazyEntries: true, autoClose: false });
    if (zip.entryCount > mostMembers) throw new Error(`it lists ${zip.entryCount} files`);
    const entries = await readEntries(zip);
    reader.directoryRead = true;
    return entries.map((entry) => asMember(zip, entry));
  } catch (cause) {
    if (reader.failure) throw reader.failure;
    throw new InputError(`${source.url} is not a zip that can be read: ${(cause as Error).message}`, { cause });
  }
}

function readEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

function asMember(zip: ZipFile, entry: Entry): ZipMember {
  return {
    name: entry.fileName,
    size: entry.uncompressedSize,
    compressedSize: entry.compressedSize,
    crc32: entry.crc32,
    deflated: entry.compressionMethod === 8,
    async dataStart() {
      if (!entry.canDecodeFileData())
        throw new InputError(`${entry.fileName} is packed in a way that is not known here`);
      return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
    },
  };
}

/** Answers the small reads of yauzl from the end of the archive, held in memory, so that they are not a request each. */
class SourceReader extends RandomAccessReader {
  directoryRead = false;
  /** The first failure of the source, which yauzl would wrap. */
  failure: unknown = null;
  readonly #source: ByteSource;
  #held: Uint8Array;

  constructor(source: ByteSource, tail: Uint8Array) {
    super();
    this.#source = source;
    this.#held = tail;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#bytes(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null);
      },
      (error) => {
        this.failure ??= error;
        callback(error);
      },
    );
  }

  async #bytes(position: number, length: number): Promise<Uint8Array> {
    const heldFrom = this.#source.size - this.#held.length;
    if (position >= heldFrom) return this.#held.subarray(position - heldFrom, position - heldFrom + length);
    if (this.directoryRead) return this.#fetch(position, position + length);
    // a directory longer than the end held so far: fetch the rest of it at once
    if (this.#source.size - position > mostDirectoryBytes) throw new InputError('the directory of the zip is too long');
    this.#held = Buffer.concat([await this.#fetch(position, heldFrom), this.#held]);
    return this.#held.subarray(0, length);
  }

  async #fetch(from: number, to: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    await this.#source.read(from, to, (chunk) => void chunks.push(chunk));
    return Buffer.concat(chunks);
  }
}
