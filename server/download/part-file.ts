import { type FileHandle, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that is being fetched: what has come so far stands on disk and is gone on with, also by a later run. */
export type PartFile = {
  readonly path: string;
  /** How many bytes are there already. */
  readonly length: number;
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
};

/** Where the bytes of a file stand until it is whole. */
export const partPath = (path: string) => `${path}.part`;
const notesPath = (path: string) => `${path}.part.origin`;

/**
 * Opens the part of a file: the one that is there if it is of the same `origin` (address, version, position, length),
 * else an empty one. The origin is written before the first byte, so that a part never stands without it.
 */
export async function openPart(
  path: string,
  origin: Readonly<Record<string, unknown>>,
  size: number,
): Promise<PartFile> {
  await mkdir(dirname(path), { recursive: true });
  const notes = JSON.stringify(origin);
  const known = await readFile(notesPath(path), 'utf8').catch(() => null);
  const there = await stat(partPath(path)).then(
    ({ size }) => size,
    () => 0,
  );
  if (known !== notes || there > size) {
    await removePart(path);
    await writeFile(notesPath(path), notes);
  }
  const file = await open(partPath(path), 'a');
  const { size: length } = await file.stat();
  return { path: partPath(path), length, append: (bytes) => writeAll(file, bytes), close: () => file.close() };
}

/** Forgets what had come of a file. */
export async function removePart(path: string): Promise<void> {
  await rm(partPath(path), { force: true });
  await rm(notesPath(path), { force: true });
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}
