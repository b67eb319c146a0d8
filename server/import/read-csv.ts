import { isUtf8 } from 'node:buffer';
import { InputError } from '../errors.ts';
import type { ReadingOptions } from '../import-model.ts';
import { decodeSample, decodeText } from './decode-text.ts';
import { declaredDelimiter, findDialect } from './find-dialect.ts';
import { type Encoding, findEncoding, refuseOtherFormats, toldEncoding } from './find-encoding.ts';
import { chain } from './read-bytes.ts';
import type { Row, Rows } from './rows.ts';
import { createRecordSplitter, type RecordSplitter } from './split-records.ts';

/** The part of `Rows` that a format's own reader makes. */
export type TableRows = Pick<Rows, 'header' | 'batches' | 'layout'>;

/** Reads a CSV: encoding, delimiter and line ends are found out from its first bytes unless they are told. */
export async function readCsv(
  name: string,
  start: Buffer,
  rest: AsyncGenerator<Buffer>,
  told: ReadingOptions,
): Promise<TableRows> {
  const encoding = told.encoding ? toldEncoding(told.encoding, start) : findEncoding(start);
  refuseOtherFormats(name, start, encoding);
  const found = findDialect(decodeSample(start, encoding));
  const dialect = { ...found, delimiter: told.delimiter ?? found.delimiter };
  const records = filledRecords(
    decodeText(chain(start, rest), encoding),
    createRecordSplitter(name, dialect),
    dialect.delimiter,
  );
  const first = await firstBatch(records);
  const header = first?.[0];
  if (!first || !header) throw new InputError(`${name} has only blank lines. Export it again.`, { code: 'empty-file' });
  if (header.problem) throw new InputError(`In the header of ${name} ${header.problem}.`, { code: 'not-csv' });
  const below = first.length > 1 ? first.slice(1) : await firstBatch(records);
  if (!below) throw noRows(name);
  return {
    header: header.fields.map((cell) => cell.trim()),
    batches: chainRows(below, records),
    layout: { kind: 'csv', encoding: encodingName(encoding, start), delimiter: dialect.delimiter },
  };
}

/** A table with a header alone is refused: the export has gone wrong. */
export function noRows(name: string): InputError {
  return new InputError(`${name} has a header but no rows. Export it again with its rows.`, { code: 'no-rows' });
}

/** The sample may end within a letter: what its last three bytes are does not count. */
function encodingName({ kind }: Encoding, sample: Buffer) {
  if (kind !== '8-bit') return kind;
  const ends = [0, 1, 2, 3].map((cut) => sample.subarray(0, sample.length - cut));
  return ends.some((part) => isUtf8(part)) ? 'utf-8' : 'windows-1252';
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
