import type { Readable } from 'node:stream';
import { InputError } from '../errors.ts';
import { decodeSample, decodeText } from './decode-text.ts';
import { declaredDelimiter, findDialect } from './find-dialect.ts';
import { findEncoding, refuseOtherFormats } from './find-encoding.ts';
import { chain, readBytes } from './read-bytes.ts';
import type { Row, Rows } from './rows.ts';
import { createRecordSplitter, type RecordSplitter } from './split-records.ts';

/** Encoding, delimiter and line ends are told from this much of the file. */
const sampleLength = 64 * 1024;

/**
 * Opens a CSV file or stream (gzipped or not) as rows: encoding, delimiter and line ends are found out, the header
 * is read, and memory stays flat however long the file is. Refuses what is not a CSV with an `InputError`.
 */
export async function readRows(input: string | Readable, options: { name?: string } = {}): Promise<Rows> {
  const bytes = await readBytes(input, options.name);
  const close = async () => void (await bytes.chunks.return(undefined));
  try {
    const { header, batches } = await readTable(bytes.name, bytes.chunks);
    return {
      name: bytes.name,
      header,
      batches,
      bytesRead: bytes.bytesRead,
      bytesTotal: bytes.bytesTotal,
      sha256: bytes.sha256,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readTable(name: string, chunks: AsyncGenerator<Buffer>) {
  const start = await takeStart(chunks);
  const sample = start.subarray(0, sampleLength);
  if (sample.length === 0) throw new InputError(`${name} is empty. Export it again.`, { code: 'empty-file' });
  const encoding = findEncoding(sample);
  refuseOtherFormats(name, sample, encoding);
  const dialect = findDialect(decodeSample(sample, encoding));
  const records = filledRecords(
    decodeText(chain(start, chunks), encoding),
    createRecordSplitter(name, dialect),
    dialect.delimiter,
  );
  const first = await firstBatch(records);
  const header = first?.[0];
  if (!first || !header) throw new InputError(`${name} has only blank lines. Export it again.`, { code: 'empty-file' });
  if (header.problem) throw new InputError(`In the header of ${name} ${header.problem}.`, { code: 'not-csv' });
  const below = first.length > 1 ? first.slice(1) : await firstBatch(records);
  if (!below) {
    throw new InputError(`${name} has a header but no rows. Export it again with its rows.`, { code: 'no-rows' });
  }
  return { header: header.fields.map((cell) => cell.trim()), batches: chainRows(below, records) };
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

/** Batches of records without the blank ones, and without a spreadsheet's `sep=;` line at the top. */
async function* filledRecords(
  text: AsyncGenerator<string>,
  splitter: RecordSplitter,
  delimiter: string,
): AsyncGenerator<readonly Row[]> {
  let atTop = true;
  for await (const piece of text) {
    const rows = dropSeparatorLine(splitter.push(piece).filter(isFilled), atTop, delimiter);
    if (rows.length > 0) yield rows;
    atTop &&= rows.length === 0;
  }
  const last = dropSeparatorLine(splitter.end().filter(isFilled), atTop, delimiter);
  if (last.length > 0) yield last;
}

function isFilled(row: Row): boolean {
  const { fields } = row;
  for (let i = 0; i < fields.length; i++) if ((fields[i] as string).trim() !== '') return true;
  return false;
}

function dropSeparatorLine(rows: readonly Row[], atTop: boolean, delimiter: string): readonly Row[] {
  if (!atTop || !rows[0]) return rows;
  return declaredDelimiter(rows[0].fields.join(delimiter)) === null ? rows : rows.slice(1);
}

async function firstBatch(records: AsyncGenerator<readonly Row[]>): Promise<readonly Row[] | null> {
  const next = await records.next();
  return next.done ? null : next.value;
}

async function* chainRows(first: readonly Row[], rest: AsyncGenerator<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  yield first;
  yield* rest;
}
