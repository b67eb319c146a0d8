import { InputError } from '../errors.ts';
import type { ReadingOptions } from '../import-model.ts';
import { type Bytes, readBytes } from './read-bytes.ts';
import { readCsv } from './read-csv.ts';
import { readGeoJson } from './read-geojson.ts';
import type { Rows } from './rows.ts';
import { isGeoJson } from './stream-features.ts';

/** What a file is, and how it is laid out, is told from this much of it. */
const sampleLength = 64 * 1024;

/** A file whose first bytes have been looked at. */
export type Started = { readonly bytes: Bytes; readonly start: Buffer; readonly close: () => Promise<void> };

/** Reads the first bytes of a file or stream; refuses an empty one. */
export async function startReading(input: Parameters<typeof readBytes>[0], name?: string, length?: number) {
  const bytes = await readBytes(input, name, length);
  const close = async () => void (await bytes.chunks.return(undefined));
  try {
    const start = await takeStart(bytes.chunks);
    if (start.length > 0) return { bytes, start, close } satisfies Started;
    throw new InputError(`${bytes.name} is empty. Export it again.`, { code: 'empty-file' });
  } catch (error) {
    await close();
    throw error;
  }
}

/** Reads what is a table by itself, CSV or GeoJSON, as rows. */
export async function readTable({ bytes, start, close }: Started, told: ReadingOptions): Promise<Rows> {
  const { name, chunks, bytesRead, bytesTotal, sha256 } = bytes;
  try {
    const table = isGeoJson(start.subarray(0, sampleLength))
      ? await readGeoJson(name, start, chunks)
      : await readCsv(name, start, chunks, told);
    return { name, ...table, bytesRead, bytesTotal, sha256, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function takeStart(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  while (length < sampleLength) {
    const next = await chunks.next();
    if (next.done) break;
    pieces.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(pieces);
}
